// The messages of one chat or topic: scrolling, edits in place, typing, the pinned message.
import { bubble, summary } from "./bubble.js";
import { h, icon, scrollBehavior } from "./dom.js";
import { onLanguage, t } from "./words.js";

const NEAR_END = 90;
const TYPING_MS = 5500;

export class ChatView {
  #store;
  #view;
  #chat = null;
  #thread = undefined;
  #typing = null;
  /** Whether the reader is at the end and new messages are to be shown. */
  #following = true;

  /** `view` as for `bubble`, with `botName`; `thread` undefined shows everything, null what is in no topic. */
  constructor(store, view) {
    this.#store = store;
    this.#view = { ...view, onJump: (id) => this.jump(id) };
    this.list = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", tLabel: "messages" });
    this.typing = h("p", { class: "typing", hidden: true }, h("span"), h("i"), h("i"), h("i"));
    this.pinned = h("button", { class: "pinned", hidden: true });
    this.jumpButton = h("button", { class: "to-end", hidden: true, on: { click: () => this.toEnd() } }, icon("down"), h("span", { t: "newMessages" }));
    this.root = h("div", { class: "chat" }, this.pinned, this.list, this.typing, this.jumpButton);
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.list);
    store.on((change) => change.chat.id === this.#chat?.id && this.#changed(change));
    onLanguage(() => this.#chat && this.render());
  }

  async show(id, { thread, me, name }) {
    this.#chat = await this.#store.chat(id);
    this.#thread = thread;
    this.#view.me = me;
    this.list.dataset.name = name;
    this.#stopTyping();
    this.render();
    this.toEnd();
  }

  get chatId() {
    return this.#chat?.id;
  }

  get messages() {
    return this.#chat ? [...this.#chat.messages.values()].filter((message) => this.#here(message.thread)) : [];
  }

  get ownLast() {
    return this.messages.findLast((message) => message.message.from.id === this.#view.me && "text" in message.message);
  }

  render() {
    const end = this.#following;
    const top = this.list.scrollTop;
    // Old messages are not news: the live region is silent while they are put in.
    this.list.setAttribute("aria-live", "off");
    this.list.setAttribute("aria-label", t("messagesOf", { name: this.list.dataset.name ?? "" }));
    const shown = this.messages.map((message) => bubble(message, this.#view));
    this.list.replaceChildren(...(shown.length ? shown : [h("p", { class: "empty", text: t("empty") })]));
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 200);
    this.#showPinned();
    if (end) this.toEnd();
    else this.list.scrollTop = top;
  }

  #here(thread) {
    return this.#thread === undefined || (thread ?? null) === this.#thread;
  }

  #changed({ kind, chat, id, message, payload }) {
    this.#chat = chat;
    if (kind === "loaded") return this.render();
    if (kind === "pinned") return this.#showPinned();
    if (kind === "deleted") return this.#removed(id);
    if (!message || !this.#here(message.thread)) return undefined;
    if (kind === "message") return this.#arrived(message, payload);
    return this.#replace(message);
  }

  #arrived(message) {
    if (this.#node(message.id)) return this.#replace(message);
    // The reader may have scrolled since the last event told so.
    this.#scrolled();
    const end = this.#following;
    this.list.querySelector(":scope > .empty")?.remove();
    this.list.append(bubble(message, this.#view));
    if (message.from_bot) this.#stopTyping();
    if (end || message.message.from.id === this.#view.me) this.toEnd();
    else this.jumpButton.hidden = false;
    return undefined;
  }

  #replace(message) {
    const old = this.#node(message.id);
    if (!old) return;
    const end = this.#following;
    const focused = old.contains(document.activeElement) ? [...old.querySelectorAll("button, a")].indexOf(document.activeElement) : null;
    const node = bubble(message, this.#view);
    old.replaceWith(node);
    if (focused !== null) ([...node.querySelectorAll("button, a")][Math.max(focused, 0)] ?? node).focus({ preventScroll: true });
    if (end) this.toEnd();
    this.#showPinned();
  }

  #removed(id) {
    const node = this.#node(id);
    if (node?.contains(document.activeElement)) this.list.focus();
    node?.remove();
    this.#showPinned();
    if (!this.list.childElementCount) this.render();
  }

  #node(id) {
    return this.list.querySelector(`:scope > [data-id="${Number(id)}"]`);
  }

  #showPinned() {
    const id = this.#chat.pinned.findLast((number) => this.#here(this.#chat.messages.get(number)?.thread) && this.#chat.messages.has(number));
    this.pinned.hidden = id === undefined;
    if (id === undefined) return;
    this.pinned.replaceChildren(h("b", { text: t("pinned") }), h("span", { text: summary(this.#chat.messages.get(id).message), dir: "auto" }));
    this.pinned.onclick = () => this.jump(id);
  }

  /** Shows that the bot writes, until its message comes or for a few seconds. */
  isTyping(chat, thread) {
    if (chat !== this.#chat?.id || !this.#here(thread)) return;
    clearTimeout(this.#typing);
    this.typing.hidden = false;
    this.typing.firstChild.textContent = t("typing", { name: this.#view.botName });
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS);
  }

  #stopTyping() {
    clearTimeout(this.#typing);
    this.typing.hidden = true;
  }

  /** A pressed button waits for its answer, or has it. */
  pressed(id, data, busy) {
    const button = [...(this.#node(id)?.querySelectorAll("[data-press]") ?? [])].find((key) => key.dataset.press === data);
    if (!button) return;
    if (busy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
    button.classList.add("pressed");
  }

  jump(id) {
    const node = this.#node(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    node.focus({ preventScroll: true });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1600);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    // A pane that is not shown has no height and says nothing of the reader.
    if (clientHeight === 0) return;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.#following) this.jumpButton.hidden = true;
  }

  toEnd() {
    this.#following = true;
    this.jumpButton.hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }
}

