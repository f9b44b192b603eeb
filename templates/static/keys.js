// "/" and Ctrl-K go to the search field. The reader can switch "/" off on the search page.
"use strict";
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("form[role=search] input[type=search]");
  if (!field || event.defaultPrevented || event.altKey || (event.shiftKey && event.key !== "/")) return;
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
  field.focus();
  field.select();
});
