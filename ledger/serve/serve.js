// What `ledger serve` adds to each page: it is shown anew when the site has changed, and an overlay lists findings.
"use strict";
(() => {
  const { site, events } = document.currentScript.dataset;
  const style = `
    :host { all: initial; color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
    button { font: inherit; padding: 0.3em 0.8em; color: CanvasText; background: Canvas; border: 2px solid; border-radius: 0.4em; cursor: pointer; }
    .badge { position: fixed; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483647; }
    dialog { inline-size: min(60em, 94vw); max-block-size: 88vh; padding: 0 1.2em 1.2em; overflow: auto; color: CanvasText; background: Canvas; border: 3px solid #b3261e; border-radius: 0.5em; }
    dialog::backdrop { background: rgb(0 0 0 / 50%); }
    header { display: flex; gap: 1em; align-items: center; justify-content: space-between; position: sticky; inset-block-start: 0; padding-block: 1em 0.5em; background: Canvas; }
    h2 { font-size: 1.15em; margin: 0; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding-block: 0.8em; border-block-start: 1px solid GrayText; overflow-wrap: anywhere; }
    p { margin: 0; }
    code, pre { font: 0.9em/1.4 ui-monospace, monospace; }
    pre { margin: 0.5em 0; overflow-x: auto; }
    .level { font-weight: bold; }`;
  let root, told = "";

  const made = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const entry = (finding) => {
    const item = made("li");
    const place = made("p");
    place.append(made("code", finding.where));
    const line = made("p");
    line.append(made("span", `${finding.level}[${finding.check}]`, "level"), ` ${finding.message}`);
    item.append(place, line);
    if (finding.lines) item.append(made("pre", finding.lines));
    if (finding.hint) item.append(made("p", finding.hint));
    return item;
  };

  const dialogOf = (news) => {
    const dialog = made("dialog");
    const title = made("h2", news.title);
    const close = made("button", news.close);
    const header = made("header");
    const list = made("ol");
    title.id = "title";
    dialog.setAttribute("aria-labelledby", "title");
    close.addEventListener("click", () => dialog.close());
    header.append(title, close);
    list.append(...news.findings.map(entry));
    dialog.append(header, list, made("p", news.more));
    return dialog;
  };

  const show = (news) => {
    const same = JSON.stringify(news.findings);
    if (same === told) return;
    told = same;
    if (root) root.host.remove();
    root = undefined;
    if (!news.findings.length) return;
    const host = document.createElement("ledger-findings");
    root = host.attachShadow({ mode: "open" });
    const dialog = dialogOf(news);
    const badge = made("button", news.count, "badge");
    badge.addEventListener("click", () => dialog.showModal());
    root.append(made("style", style), badge, dialog);
    document.body.append(host);
    if (news.errors) dialog.showModal();
  };

  // a new page in the same window is there sooner than one that is loaded anew; but only the browser goes back to an
  // anchor and to what is being typed, and only in a new window can a script name again what it has named before
  const renew = async () => {
    source.close();
    if (location.hash || document.activeElement !== document.body) return location.reload();
    const at = [scrollX, scrollY];
    const html = await (await fetch(location.href)).text();
    document.open();
    onerror = () => location.reload();
    onload = () => { onerror = null; scrollTo(...at); };
    document.write(html);
    document.close();
    scrollTo(...at);
  };

  // a browser keeps few connections to one host: pages that nobody sees give theirs back
  let source;
  const listen = () => {
    if (source) source.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource(`${events}?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", (event) => {
      const news = JSON.parse(event.data);
      if (news.site === site) show(news);
      else renew().catch(() => location.reload());
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
