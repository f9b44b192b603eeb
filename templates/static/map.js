// The drawings of the argument map: zoom, pan, and the neighbours of what is pointed at. Without this script they are
// whole.
document.querySelectorAll("svg.map").forEach(function (map) {
  "use strict";
  var frame = map.parentNode, tools = frame.previousElementSibling, keys = document.getElementById("map-keys");
  var scale = 1;
  var width = map.width.baseVal.value, height = map.height.baseVal.value;

  // What is at the point (x, y) of the window stays there.
  function zoom(to, x, y) {
    var box = map.getBoundingClientRect();
    to = Math.min(3, Math.max(0.1, to));
    map.setAttribute("width", Math.round(width * to));
    map.setAttribute("height", Math.round(height * to));
    frame.scrollLeft += (x - box.left) * (to / scale - 1);
    window.scrollBy(0, (y - box.top) * (to / scale - 1));
    scale = to;
  }

  tools.hidden = keys.hidden = false;
  frame.setAttribute("aria-describedby", "map-keys");
  tools.addEventListener("click", function (event) {
    var how = event.target.getAttribute("data-zoom");
    var to = { in: scale * 1.25, out: scale / 1.25, all: frame.clientWidth / width }[how];
    var box = frame.getBoundingClientRect();
    if (to) zoom(to, box.left, box.top);
  });
  frame.addEventListener("keydown", function (event) {
    var how = { "+": "in", "=": "in", "-": "out", 0: "all" }[event.key];
    if (event.key === "Escape") light(null);
    else if (how && !event.ctrlKey && !event.metaKey && !event.altKey) tools.querySelector("[data-zoom=" + how + "]").click();
  });
  frame.addEventListener("wheel", function (event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.1 : 0.9), event.clientX, event.clientY);
  }, { passive: false });

  // A mouse drags the map; fingers scroll by themselves.
  var last = null, dragged = false;
  frame.addEventListener("pointerdown", function (event) {
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0) last = event;
  });
  window.addEventListener("pointermove", function (event) {
    if (!last || (!dragged && Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < 5)) return;
    dragged = true;
    frame.scrollLeft -= event.clientX - last.clientX;
    window.scrollBy(0, last.clientY - event.clientY);
    last = event;
  });
  window.addEventListener("pointerup", function () { last = null; });
  frame.addEventListener("dragstart", function (event) { event.preventDefault(); });
  frame.addEventListener("click", function (event) { if (dragged) event.preventDefault(); }, true);

  function light(event) {
    var node = event && event.target.closest("[data-node]");
    var near = new Set(node ? [node.dataset.node] : []);
    map.querySelectorAll("[data-from]").forEach(function (edge) {
      var ends = [edge.dataset.from, edge.dataset.to];
      var touches = Boolean(node) && ends.includes(node.dataset.node);
      edge.classList.toggle("near", touches);
      if (touches) ends.forEach(near.add, near);
    });
    map.querySelectorAll("[data-node]").forEach(function (other) {
      other.classList.toggle("near", near.has(other.dataset.node));
    });
    map.classList.toggle("focusing", Boolean(node));
  }
  frame.addEventListener("mouseover", light);
  frame.addEventListener("focusin", light);
  frame.addEventListener("mouseleave", function () { light(null); });
  frame.addEventListener("focusout", function () { light(null); });
});
