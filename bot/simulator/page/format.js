// A message's text and entities as elements. Entity offsets count UTF-16 units, as JavaScript's strings do.
import { h } from "./dom.js";
import { t } from "./words.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "tg-spoiler",
};
const LINKS = new Set(["https:", "http:", "tg:", "mailto:", "tel:"]);

/** Nodes of the text; `onCommand` is called with a pressed /command. */
export function formatted(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, onCommand);
}

function part(text, begin, end, entities, onCommand) {
  const nodes = [];
  let at = begin;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = others.filter((other) => other.offset < stop);
    rest = others.slice(inner.length);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const node = element(entity, text.slice(entity.offset, stop), onCommand);
    node.append(...part(text, entity.offset, stop, inner, onCommand));
    nodes.push(node);
    at = stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function element(entity, content, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url);
    case "url":
      return link(/^[a-z]+:\/\//i.test(content) ? content : `https://${content}`, "ltr");
    case "email":
      return link(`mailto:${content}`, "ltr");
    case "phone_number":
      return link(`tel:${content.replace(/[^+\d]/g, "")}`, "ltr");
    case "bot_command":
      return h("button", { class: "command", on: { click: () => onCommand?.(content) } });
    case "spoiler":
      return spoiler();
  }
  return h(TAGS[entity.type] ?? "span");
}

function link(address, dir = null) {
  const known = URL.canParse(address) && LINKS.has(new URL(address).protocol);
  return known ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir }) : h("span", { dir });
}

function spoiler() {
  const node = h("tg-spoiler", { role: "button", tabindex: "0", title: t("spoiler") });
  const show = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("title");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return node;
}
