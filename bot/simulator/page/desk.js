// A desk's forum group: desks, advisors, topics with unread marks, the messages of one topic.
import { summary } from "./bubble.js";
import { ChatView } from "./chatview.js";
import { Composer } from "./composer.js";
import { h, icon, iconButton } from "./dom.js";
import { act, get } from "./feed.js";
import { told } from "./toast.js";
import { deskCommands, onLanguage, t } from "./words.js";
import { Unread } from "./unread.js";

export class Desk {
  #room;
  #desk = null;
  #thread = null;
  #advisor = null;

  constructor(root, room) {
    this.#room = room;
    const { config, store, cities } = room;
    this.root = root;
    this.desks = new Map(config.desks.map((desk) => [desk.id, desk]));
    this.advisors = new Map(config.advisors.map((person) => [person.id, person]));
    this.unread = new Unread();
    this.chat = new ChatView(store, {
      cities,
      group: true,
      botName: config.bot.first_name,
      onPress: (message, button) => room.presses.press(this.#advisor, message, button),
      onReply: (message) => this.composer.reply(message),
      onEdit: (message) => this.composer.edit(message),
      onCommand: (text) => this.#say(text, null),
    });
    this.composer = new Composer("desk-text", "writeDesk", {
      send: (text, reply) => this.#say(text, reply),
      edit: (message, text) => this.#act("edit", { message: { chat: message.chat, id: message.id }, text }),
      ownLast: () => this.chat.ownLast,
      commands: () => deskCommands(this.#thread === null),
      attachments: () => [
        { icon: "photo", text: t("photo"), run: () => this.#here("send_photo", {}) },
        { icon: "file", text: t("file"), run: () => this.#here("send_document", {}) },
      ],
    });
    this.deskSelect = h("select", { id: "desk-which", on: { change: () => this.choose(Number(this.deskSelect.value)) } });
    this.advisorSelect = h("select", { id: "desk-who", on: { change: () => this.beAdvisor(Number(this.advisorSelect.value)) } });
    this.topics = h("ul", { class: "topics" });
    this.topicName = h("h3", { class: "chat-name", dir: "auto", tabindex: "-1" });
    root.append(...this.#parts());
    root.setAttribute("aria-labelledby", "desk-title");
    store.on((change) => this.#changed(change));
    onLanguage(() => this.#desk && this.#showTopics());
  }

  #parts() {
    const back = iconButton("back", "back", () => this.#close(), { class: "back" });
    const field = (select, key) => h("label", { class: "field" }, h("span", { t: key }), select);
    return [
      h(
        "div",
        { class: "pane-head" },
        h("h2", { id: "desk-title", class: "pane-title", t: "deskPane" }),
        h("div", { class: "fields" }, field(this.deskSelect, "chooseDesk"), field(this.advisorSelect, "chooseAdvisor")),
      ),
      h(
        "div",
        { class: "group" },
        h("nav", { class: "topics-pane", tLabel: "topics" }, this.topics),
        h("div", { class: "topic-pane" }, h("div", { class: "chat-head" }, back, this.topicName), this.chat.root, this.composer.form),
      ),
    ];
  }

  /** Reads every desk, so that all unread marks are known. */
  async load() {
    for (const id of this.desks.keys()) this.unread.start(await this.#room.store.chat(id));
    this.#showDesks();
  }

  get deskId() {
    return this.#desk?.id;
  }

  get thread() {
    return this.#thread;
  }

  async choose(id, thread) {
    if (!this.desks.has(id)) return;
    const changed = this.#desk?.id !== id;
    this.#desk = this.desks.get(id);
    if (changed) this.#showAdvisors();
    this.deskSelect.value = String(id);
    if (thread !== undefined) await this.open(thread);
    else if (changed) {
      await this.open(this.#newest());
      this.root.dataset.open = "list";
    }
    this.#room.onDesk(id);
  }

  beAdvisor(id) {
    if (!this.#members().some((person) => person.id === id)) return;
    this.#advisor = id;
    this.advisorSelect.value = String(id);
    if (this.#desk) this.open(this.#thread, false);
  }

  /** Shows a topic, null is the general one. */
  async open(thread, reset = true) {
    this.#thread = thread;
    if (reset) this.composer.reset();
    this.root.dataset.open = "topic";
    this.composer.placeholder = thread === null ? "writeGeneral" : "writeDesk";
    this.unread.read(this.#desk.id, thread);
    const name = this.#name(thread);
    await this.chat.show(this.#desk.id, { thread, me: this.#advisor, name });
    this.#showTopics();
  }

  #close() {
    this.root.dataset.open = "list";
    this.topics.querySelector("[aria-current]")?.focus();
  }

  #members() {
    const inside = new Set(this.#desk.members.filter((member) => !["left", "kicked"].includes(member.status)).map((member) => member.user.id));
    const people = [...this.advisors.values()];
    const members = people.filter((person) => inside.has(person.id));
    return members.length ? members : people;
  }

  #showAdvisors() {
    const members = this.#members();
    this.advisorSelect.replaceChildren(...members.map((person) => h("option", { value: person.id, text: person.first_name })));
    if (!members.some((person) => person.id === this.#advisor)) this.#advisor = members[0]?.id ?? null;
    this.advisorSelect.value = String(this.#advisor);
  }

  #showDesks() {
    const label = (desk) => {
      const count = this.unread.of(desk.id);
      return count ? `${desk.title} (${t("unread", { n: count })})` : desk.title;
    };
    if (this.deskSelect.options.length !== this.desks.size) {
      this.deskSelect.replaceChildren(...[...this.desks.values()].map((desk) => h("option", { value: desk.id })));
    }
    for (const option of this.deskSelect.options) option.textContent = label(this.desks.get(Number(option.value)));
  }

  #newest() {
    return this.#desk.topics.reduce((newest, topic) => Math.max(newest ?? 0, topic.id), null);
  }

  #name(thread) {
    return thread === null ? t("general") : (this.#desk.topics.find((topic) => topic.id === thread)?.name ?? "…");
  }

  #showTopics() {
    this.#showDesks();
    const messages = [...this.#room.store.known(this.#desk.id).messages.values()];
    const last = (thread) => messages.findLast((message) => (message.thread ?? null) === thread);
    const topics = [...this.#desk.topics].sort((a, b) => (last(b.id)?.id ?? b.id) - (last(a.id)?.id ?? a.id));
    const focused = document.activeElement?.closest?.(".topics [data-thread]")?.dataset.thread;
    this.topics.replaceChildren(...[{ id: null, name: t("general") }, ...topics].map((topic) => this.#topic(topic, last(topic.id))));
    if (!topics.length) this.topics.append(h("li", { class: "empty", text: t("noTopics") }));
    if (focused !== undefined) this.topics.querySelector(`[data-thread="${focused}"]`)?.focus();
    const topic = this.#desk.topics.find((one) => one.id === this.#thread);
    this.topicName.replaceChildren(h("b", { text: this.#name(this.#thread) }), ...(topic?.closed ? [icon("lock"), h("span", { text: t("closed") })] : []));
  }

  #topic({ id, name, closed }, last) {
    const count = this.unread.of(this.#desk.id, id);
    const button = h(
      "button",
      { class: "topic", "aria-current": id === this.#thread ? "true" : null, data: { thread: String(id) }, on: { click: () => this.#enter(id) } },
      h("span", { class: `dot dot-${(id ?? 0) % 6}`, "aria-hidden": "true", text: id === null ? "#" : "" }),
      h("span", { class: "topic-words" }, h("b", { text: name, dir: "auto" }), h("span", { text: last ? summary(last.message) : "", dir: "auto" })),
      closed ? h("span", { class: "mark" }, icon("lock"), h("span", { class: "hidden", text: t("closed") })) : null,
      count ? h("span", { class: "badge" }, String(count), h("span", { class: "hidden", text: ` ${t("unread", { n: "" })}` })) : null,
    );
    return h("li", {}, button);
  }

  async #enter(thread) {
    await this.open(thread);
    this.topicName.focus({ preventScroll: true });
  }

  async #changed({ kind, chat, message, payload }) {
    const desk = this.desks.get(chat.id);
    if (!desk) return;
    if (kind === "message") {
      const visible = chat.id === this.#desk?.id && (message.thread ?? null) === this.#thread && this.#room.sees("desk");
      if (!visible && message.message.from.id !== this.#advisor) this.unread.add(chat.id, message.thread ?? null);
    }
    if (kind === "loaded" || kind === "topic_deleted" || (kind === "message" && !message.text)) await this.#topicsAgain(desk);
    if (kind === "topic_deleted" && chat.id === this.#desk?.id && payload.thread === this.#thread) await this.open(null);
    else if (chat.id === this.#desk?.id) this.#showTopics();
    else this.#showDesks();
  }

  /** The desk pane is in view: what it shows is read. */
  seen() {
    if (!this.#desk) return;
    this.unread.read(this.#desk.id, this.#thread);
    this.#showTopics();
  }

  async #topicsAgain(desk) {
    const chats = await told(get("/simulator/chats"));
    for (const chat of chats ?? []) if (this.desks.has(chat.id)) Object.assign(this.desks.get(chat.id), chat);
    return desk;
  }

  #act(name, body) {
    return told(act(name, { person: this.#advisor, ...body }));
  }

  #here(name, body) {
    return this.#act(name, { ...body, chat: this.#desk.id, thread: this.#thread });
  }

  #say(text, reply) {
    return this.#here("send_text", { text, reply_to: reply ? { chat: reply.chat, id: reply.id } : null });
  }
}
