// "/" and Ctrl-K go to the search page; there, to its field. The reader can switch "/" off on the search page.
"use strict";
document.addEventListener("keydown", (event) => {
  const link = document.querySelector("a[rel=search]");
  if (!link || event.defaultPrevented || event.altKey || (event.shiftKey && event.key !== "/")) return;
  const held = event.ctrlKey || event.metaKey;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  let slash = event.key === "/" && !held && !typing;
  try {
    slash = slash && localStorage.getItem("search-key") !== "off";
  } catch {
    // without storage the key stays on
  }
  if (!slash && !(held && event.key.toLowerCase() === "k")) return;
  event.preventDefault();
  const field = document.getElementById("search-words");
  if (field) field.select();
  else location.href = link.href;
});
