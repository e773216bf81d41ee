// A table that is wider than its place becomes a named region that the keyboard can reach; any other stays plain.
export function nameScrollers(root) {
  for (const box of root.querySelectorAll("[data-scroll-label]")) {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.dataset.scrollLabel);
    } else {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
}
