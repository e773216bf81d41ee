// The key "/" leads to the search box, unless somebody is writing.
const WRITING = "input, textarea, select, [contenteditable]";

export function slashFinds() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(WRITING)) return;
    const box = document.querySelector("[data-slash]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
