// What a page can do beyond plain HTML. Every page works without this file; htmx is set up by <meta name="htmx-config">.
import "htmx.org";
import { countCharacters } from "./count.js";
import { nameScrollers } from "./scrollers.js";
import { sendOnce } from "./once.js";
import { slashFinds } from "./slash.js";

function enhance(root) {
  countCharacters(root);
  nameScrollers(root);
}

document.addEventListener("DOMContentLoaded", () => enhance(document));
document.addEventListener("htmx:load", (event) => enhance(event.target));
window.addEventListener("resize", () => nameScrollers(document));
document.addEventListener("toggle", () => nameScrollers(document), true);
sendOnce();
slashFinds();
