// Elements without innerHTML: every text is a text node.
import { label, t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M4 12 20 4l-5 16-3-7z",
  plus: "M12 5v14M5 12h14",
  slash: "M15 5 9 19M4 4h16v16H4z",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  mic: "M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4zM6 11a6 6 0 0 0 12 0M12 17v3",
  pin: "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  reply: "M10 7 4 12l6 5M4 12h9a7 7 0 0 1 7 6",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.500 6.500l11 11",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  down: "M6 9l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  play: "M8 5l11 7-11 7z",
  step: "M6 5l9 7-9 7zM18 5v14",
  stop: "M6 6h12v12H6z",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
  link: "M9 15 18 6M12 6h6v6",
};

/**
 * An element. Properties: class, data (dataset), on (listeners), text, t, tLabel, tPlaceholder (keys of words.js);
 * everything else is an attribute (true = empty, false/null = none).
 */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") for (const [kind, listener] of Object.entries(value)) node.addEventListener(kind, listener);
    else if (name === "text") node.textContent = value;
    else if (name === "t") [node.dataset.t, node.textContent] = [value, t(value)];
    else if (name === "tLabel") label(node, t((node.dataset.tLabel = value)));
    else if (name === "tPlaceholder") [node.dataset.tPlaceholder, node.placeholder] = [value, t(value)];
    else node.setAttribute(name, value === true ? "" : value);
  }
  if (tag === "button" && !node.hasAttribute("type")) node.type = "button";
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  const path = s("path", { d: ICONS[name] });
  return s("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}

/** A button that shows an icon only. */
export function iconButton(name, key, listener, properties = {}) {
  const { class: more = "", ...rest } = properties;
  return h("button", { class: `icon-button ${more}`, tLabel: key, on: { click: listener }, ...rest }, icon(name));
}

export function avatar(name, number) {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("");
  return h("span", { class: `avatar avatar-${Math.abs(number) % 6}`, "aria-hidden": "true", text: letters });
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function scrollBehavior() {
  return calm.matches ? "auto" : "smooth";
}
