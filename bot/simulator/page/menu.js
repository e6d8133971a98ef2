// A button with a menu: arrow keys, Escape, a click elsewhere closes it.
import { h, icon } from "./dom.js";

let open = null;

document.addEventListener("pointerdown", (event) => open && !open.holder.contains(event.target) && open.close());

/**
 * `trigger` opens a menu inside `holder` (positioned); `items()` gives [{icon, text, hint, run}], or a promise of them.
 */
export function addMenu(trigger, holder, items) {
  const list = h("ul", { class: "menu", role: "menu", hidden: true });
  const state = { holder, close };
  trigger.setAttribute("aria-haspopup", "menu");
  trigger.setAttribute("aria-expanded", "false");
  holder.append(list);

  function close(back = false) {
    list.hidden = true;
    trigger.setAttribute("aria-expanded", "false");
    if (open === state) open = null;
    if (back) trigger.focus();
  }

  async function show() {
    open?.close();
    open = state;
    list.replaceChildren(...(await items()).map(item));
    list.setAttribute("aria-label", trigger.getAttribute("aria-label") ?? "");
    list.hidden = false;
    trigger.setAttribute("aria-expanded", "true");
    list.querySelector("button")?.focus();
  }

  function item(entry) {
    const run = () => {
      close(true);
      entry.run();
    };
    const words = [entry.icon ? icon(entry.icon) : null, h("b", { text: entry.text }), entry.hint ? h("span", { text: entry.hint, dir: "auto" }) : null];
    return h("li", { role: "none" }, h("button", { role: "menuitem", tabindex: "0", on: { click: run } }, words));
  }

  trigger.addEventListener("click", () => (list.hidden ? show() : close()));
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons[(to + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.stopPropagation();
      close(event.key === "Escape");
    }
  });
}
