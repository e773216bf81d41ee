"""Japanese on an English page: found wherever it is not marked as what people wrote."""

from __future__ import annotations

import re

from playwright.sync_api import Page

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
FOREIGN_TEXT = """() => {
  const told = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest("script,style") || holder.closest("[lang]").getAttribute("lang") === "ja") continue;
    told.push(walker.currentNode.data);
  }
  for (const element of document.querySelectorAll("[aria-label],[title],[alt],[placeholder],[data-label]")) {
    if (element.closest("[lang]").getAttribute("lang") !== "ja")
      for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"])
        told.push(element.getAttribute(name) || "");
  }
  return told;
}"""


def japanese_on(page: Page) -> list[str]:
    """Texts with Japanese characters that stand outside of elements marked lang="ja"."""
    return [text.strip() for text in page.evaluate(FOREIGN_TEXT) if JAPANESE.search(text)]
