// A second press of a button, out of habit or impatience, does not send a form twice.
const FORGET_MS = 3000;

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, FORGET_MS);
  }, true);
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    const form = target.closest("form");
    if (form) delete form.dataset.sent;
  });
}
