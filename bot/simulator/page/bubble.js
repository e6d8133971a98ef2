// One message as a bubble with its media, buttons and tools.
import { h, icon } from "./dom.js";
import { formatted } from "./format.js";
import { locale, t } from "./words.js";

const MEDIA = ["photo", "voice", "document", "video", "audio", "sticker", "venue", "location", "contact"];

const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ");

const time = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });

const hidden = (text) => h("span", { class: "hidden", text });

/**
 * The element of a message. `view`: {me: own user id, group: whether others' names are shown, cities, onPress(message,
 * button, node), onReply(message), onEdit(message), onCommand(text), onJump(id)}; without an act its tool is left out.
 */
export function bubble(message, view) {
  const { message: json, id } = message;
  const line = serviceLine(json);
  if (line !== null) return h("article", { class: "msg service", tabindex: "-1", data: { id } }, h("p", { text: line, dir: "auto" }));
  const mine = json.from.id === view.me;
  const note = view.group && !message.from_bot && message.text.startsWith("//");
  const who = mine ? hidden(`${t("you")}: `) : h("p", { class: view.group ? "author" : "hidden", text: nameOf(json.from), dir: "auto" });
  const body = h(
    "div",
    { class: "bubble" },
    note ? h("p", { class: "note-mark", text: t("note") }) : null,
    who,
    json.forward_from ? h("p", { class: "forwarded", text: t("forwarded", { name: nameOf(json.forward_from) }) }) : null,
    quote(json, view),
    MEDIA.filter((kind) => json[kind] && !(kind === "location" && json.venue)).map((kind) => medium(kind, json, view)),
    message.text ? text(message, view) : null,
    meta(message),
    reactions(message),
  );
  const classes = `msg ${mine ? "out" : "in"}${note ? " note" : ""}${message.from_bot ? " bot" : ""}`;
  return h("article", { class: classes, tabindex: "-1", data: { id } }, body, keys(message, view), tools(message, mine, view));
}

function text(message, view) {
  const entities = message.message.entities ?? message.message.caption_entities ?? [];
  return h("div", { class: "text", dir: "auto" }, formatted(message.text, entities, view.onCommand));
}

function meta(message) {
  const { date } = message.message;
  const stamp = h("time", { datetime: new Date(date * 1000).toISOString(), text: time(date) });
  return h("p", { class: "meta" }, message.edited ? h("span", { class: "edited", text: t("edited") }) : null, stamp);
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("p", { class: "reactions" }, message.reactions.map((reaction) => h("span", { text: reaction.emoji ?? "⭐" })));
}

/** The first words of a message, for quotes, the pinned bar and the list of topics. */
export function summary(json) {
  const line = serviceLine(json);
  if (line !== null) return line;
  const words = json.text ?? json.caption ?? json.venue?.title ?? "";
  const kind = MEDIA.find((name) => json[name]);
  return [kind ? `[${t(kind === "venue" ? "location" : kind === "document" ? "file" : kind)}]` : "", words].filter(Boolean).join(" ");
}

function quote(json, view) {
  const original = json.reply_to_message;
  // A topic's messages hang on the service message that opened it.
  if (!original || original.forum_topic_created) return null;
  const content = [h("b", { text: nameOf(original.from), dir: "auto" }), h("span", { text: summary(original), dir: "auto" })];
  return h("button", { class: "quote", title: t("goTo"), on: { click: () => view.onJump(original.message_id) } }, content);
}

function medium(kind, json, view) {
  const value = json[kind];
  switch (kind) {
    case "photo":
    case "video":
      return h("div", { class: `media picture` }, icon("photo"), h("span", { text: t(kind) }));
    case "voice":
    case "audio": {
      const bars = Array.from({ length: 24 }, (_, index) => h("i", { class: `bar bar-${(index * 7) % 5}` }));
      const label = h("span", { class: "hidden", text: t(kind) });
      return h("div", { class: "media voice" }, icon("mic"), label, h("span", { class: "wave", "aria-hidden": "true" }, bars), h("span", { text: t("seconds", { n: value.duration }) }));
    }
    case "document":
      return h("div", { class: "media file" }, icon("file"), h("span", { text: value.file_name ?? t("file"), dir: "auto" }));
    case "sticker":
      return h("div", { class: "media sticker", text: value.emoji ?? "🙂" });
    case "venue":
      return card(value.location, view, h("b", { text: value.title, dir: "auto" }), h("span", { text: value.address, dir: "auto" }));
    case "location":
      return card(value, view, h("b", { text: t("location") }), h("span", { text: `${value.latitude.toFixed(4)}, ${value.longitude.toFixed(4)}` }));
    default:
      return h("div", { class: "media file" }, icon("contact"), h("span", { text: `${value.first_name} ${value.phone_number}` }));
  }
}

function card(place, view, ...lines) {
  const drawing = view.cities.drawAround(place.latitude, place.longitude);
  drawing.setAttribute("role", "img");
  const city = view.cities.city(place.latitude, place.longitude) ?? t("outside");
  drawing.setAttribute("aria-label", t("mapOf", { name: city }));
  return h("div", { class: "media card" }, drawing, h("p", {}, lines));
}

function keys(message, view) {
  const rows = message.message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return h("div", { class: "keys" }, rows.map((row) => h("div", { class: "keys-row" }, row.map((button) => key(message, button, view)))));
}

function key(message, button, view) {
  const label = h("span", { text: button.text, dir: "auto" });
  if (button.url) {
    const safe = URL.canParse(button.url) && ["https:", "http:", "tg:"].includes(new URL(button.url).protocol);
    return h("a", { class: "key", href: safe ? button.url : null, target: "_blank", rel: "noopener noreferrer" }, label, icon("link"), hidden(` (${t("opensLink")})`));
  }
  const node = h("button", { class: "key", data: { press: button.callback_data ?? "" } }, label);
  node.addEventListener("click", () => view.onPress(message, button, node));
  return node;
}

function tools(message, mine, view) {
  const list = [];
  if (view.onReply) list.push(tool("reply", () => view.onReply(message)));
  if (mine && view.onEdit && "text" in message.message) list.push(tool("edit", () => view.onEdit(message)));
  return list.length ? h("div", { class: "tools" }, list) : null;
}

function tool(name, listener) {
  return h("button", { class: `tool ${name}`, title: t(name), on: { click: listener } }, icon(name), hidden(t(name)));
}

/** What a service message says, or null for a message with content. */
function serviceLine(json) {
  const name = nameOf(json.from);
  const topic = json.forum_topic_created?.name ?? json.forum_topic_edited?.name;
  if (json.forum_topic_created) return t("topicOpened", { name, topic });
  if (json.forum_topic_edited) return topic ? t("topicRenamed", { topic }) : t("service");
  if (json.forum_topic_closed) return t("topicClosed", { name });
  if (json.forum_topic_reopened) return t("topicReopened", { name });
  if (json.new_chat_members) return t("joined", { who: json.new_chat_members.map(nameOf).join(", ") });
  if (json.left_chat_member) return t("left", { who: nameOf(json.left_chat_member) });
  const content = json.text ?? json.caption ?? MEDIA.some((kind) => json[kind]);
  return content === false ? t("service") : null;
}
