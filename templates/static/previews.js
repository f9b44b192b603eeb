// Shows what a link leads to: on hover, on focus, and on the first tap on a citation or term.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src).href;
  const page = /^(positions|claims|sources|proponents|terms)\/([a-z0-9-]+)\.html/;
  const known = {}, loading = {}, card = document.createElement("div");
  const lines = ["p", "a", "p"].map((tag) => card.appendChild(document.createElement(tag)));
  let link = null, timer = 0;
  if (!card.showPopover) return;
  card.id = card.className = "preview";
  card.popover = "manual";
  lines[1].tabIndex = -1;
  window.ledgerPreviews = (folder, cards) => Object.assign((known[folder] ??= {}), cards);

  function parts(target) {
    return target.href.startsWith(root) && page.exec(target.href.slice(root.length));
  }
  function found({ target }) {
    const near = target.closest?.("main a[href]:not(svg *)");
    return near && near.pathname !== location.pathname && parts(near) ? near : null;
  }
  function load(file) {
    return (loading[file] ??= new Promise((done) => {
      const script = document.createElement("script");
      script.onload = script.onerror = done;
      script.src = file;
      document.head.append(script);
    }));
  }
  async function show(target, otherwise) {
    const [, folder, id] = parts(target);
    link = target;
    await load(`${root}previews/${folder}-${id[0]}.js`);
    if (link !== target) return;
    if (!known[folder]?.[id]) return otherwise?.();
    known[folder][id].forEach((text, at) => (lines[at].textContent = text));
    lines[1].href = target.href;
    document.body.append(card);
    card.showPopover();
    const box = target.getBoundingClientRect(), room = document.documentElement.clientWidth - card.offsetWidth - 8;
    const above = box.bottom + card.offsetHeight > innerHeight && box.top > card.offsetHeight;
    card.style.left = `${scrollX + Math.max(8, Math.min(box.left, room))}px`;
    card.style.top = `${scrollY + (above ? box.top - card.offsetHeight : box.bottom)}px`;
    target.removeAttribute("title");
    target.setAttribute("aria-describedby", card.id);
  }
  function hide() {
    clearTimeout(timer);
    if (card.matches(":popover-open")) card.hidePopover();
    link?.removeAttribute("aria-describedby");
  }
  function close() {
    hide();
    link = null;
  }
  function soon(next) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (card.matches(":hover") || (!next && link?.matches(":hover, :focus-visible"))) return;
      close();
      if (next) show(next);
    }, 300);
  }

  for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) {
    document.addEventListener(name, (event) => {
      if (event.pointerType === "touch" || (name === "focusin" && !event.target.matches(":focus-visible"))) return;
      const near = found(event), next = /(over|in)$/.test(name) ? near : null;
      if (next ? next !== link : near || card.contains(event.target)) soon(next);
    });
  }
  document.addEventListener("pointerdown", (event) => {
    if (!card.contains(event.target) && (!link || found(event) !== link)) close();
  });
  document.addEventListener("click", (event) => {
    const near = found(event);
    if (event.pointerType !== "touch" || near === link || !near?.matches("a.cite, a.term, cite a")) return;
    event.preventDefault();
    show(near, () => location.assign(near.href));
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
