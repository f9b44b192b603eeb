// The other pages of a list that is too long for one, for the script that narrows and sorts it.
"use strict";
// In: where all pages are, `#` for this one, and its lists with their items. These then hold the items of every page.
// False where the others cannot be read: from disk, and without a connection.
const readPages = async (pages, lists) => {
  const read = async (href) => {
    if (href === "#") return lists.map(({ items }) => items);
    const place = new URL(href, location);
    const answer = await fetch(place);
    if (!answer.ok) throw new Error(href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll("[data-listing] a")) link.href = new URL(link.getAttribute("href"), place);
    return [...page.querySelectorAll("[data-listing]")].map((list) => [...list.children]);
  };
  try {
    const found = await Promise.all(pages.map(read));
    for (const [at, one] of lists.entries()) {
      one.items = found.flatMap((page) => page[at]);
      one.list.append(...one.items);
    }
    return true;
  } catch {
    return false;
  }
};
