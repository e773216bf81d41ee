// Tells how many characters are left while somebody writes; said aloud only when the writer pauses.
const PAUSE_MS = 1000;

export function countCharacters(root) {
  for (const note of root.querySelectorAll("[data-count-for]")) {
    const field = document.getElementById(note.dataset.countFor);
    if (!field || note.dataset.counting) continue;
    note.dataset.counting = "yes";
    const spoken = note.parentElement.querySelector("[data-count-aloud]");
    let timer;
    const show = () => {
      const left = Number(field.maxLength) - field.value.length;
      note.textContent = note.dataset.left.replace("{n}", left.toLocaleString("ja"));
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (spoken && document.activeElement === field) spoken.textContent = note.textContent;
      }, PAUSE_MS);
    };
    field.addEventListener("input", show);
    show();
  }
}
