// The resident's phone: who it is, the chat with the bot, the keyboard under the text field.
import { ChatView } from "./chatview.js";
import { Composer } from "./composer.js";
import { avatar, h, iconButton } from "./dom.js";
import { act, get } from "./feed.js";
import { addMenu } from "./menu.js";
import { choosePlace } from "./map.js";
import { told } from "./toast.js";
import { commands, onLanguage, said, t } from "./words.js";

export class Resident {
  #room;
  #person = null;

  /** `room`: {config, store, cities, presses, onQuestion(person id, text)}. */
  constructor(root, room) {
    this.#room = room;
    const { config, store, cities } = room;
    this.people = new Map(config.residents.map((person) => [person.id, person]));
    const own = (name, body) => told(act(name, { person: this.#person.id, ...body }));
    this.does = own;
    this.chat = new ChatView(store, {
      cities,
      group: false,
      botName: config.bot.first_name,
      onPress: (message, button) => room.presses.press(this.#person.id, message, button),
      onEdit: (message) => this.composer.edit(message),
      onCommand: (text) => own("send_text", { text }),
    });
    this.composer = new Composer("resident-text", "write", {
      send: (text) => own("send_text", { text }),
      edit: (message, text) => own("edit", { message: message.id, text }),
      ownLast: () => this.chat.ownLast,
      commands: () => this.#commands(),
      attachments: () => this.#attachments(),
    });
    this.select = h("select", { id: "resident-who", on: { change: () => this.choose(Number(this.select.value)) } });
    this.select.append(...config.residents.map((person) => h("option", { value: person.id, text: person.first_name })));
    this.note = h("p", { class: "who-note", dir: "auto" });
    this.face = h("span", { class: "face" });
    this.blocked = h("div", { class: "blocked", hidden: true });
    this.startButton = h("button", { class: "primary start", hidden: true, t: "start", on: { click: () => own("send_text", { text: "/start" }) } });
    this.keyboard = h("div", { class: "keyboard", role: "group", tLabel: "keyboard", hidden: true });
    root.append(...this.#parts(config));
    root.setAttribute("aria-labelledby", "resident-title");
    store.on((change) => change.chat.id === this.#person?.id && this.#changed(change));
    onLanguage(() => this.#person && (this.#showNote(), this.#showState()));
  }

  get person() {
    return this.#person;
  }

  #parts(config) {
    const more = iconButton("more", "more", null);
    const head = h(
      "div",
      { class: "chat-head" },
      avatar(config.bot.first_name, config.bot.id),
      h("p", { class: "chat-name" }, h("b", { text: config.bot.first_name }), h("span", { t: "bot" })),
      more,
    );
    addMenu(more, head, () => [
      this.#person.blocked
        ? { icon: "block", text: t("unblock"), run: () => this.does("unblock") }
        : { icon: "block", text: t("block"), run: () => this.does("block") },
    ]);
    return [
      h(
        "div",
        { class: "pane-head" },
        this.face,
        h("div", { class: "grow" }, h("h2", { id: "resident-title", class: "pane-title", t: "residentPane" }), h("label", { for: "resident-who", class: "hidden", t: "chooseResident" }), this.select, this.note),
      ),
      h("div", { class: "phone" }, head, this.chat.root, this.startButton, this.blocked, this.composer.form, this.keyboard),
    ];
  }

  async choose(id) {
    const person = this.people.get(id);
    if (!person) return;
    const changed = this.#person !== person;
    this.#person = person;
    if (changed) this.composer.reset();
    this.select.value = String(id);
    this.#showNote();
    this.face.replaceChildren(avatar(person.first_name, id));
    await this.chat.show(id, { me: id, name: person.first_name });
    this.#showState();
    this.#room.onResident(id);
  }

  #showNote() {
    this.note.textContent = said(this.#room.config.notes[this.#person.id]);
  }

  /** Flags of a person as the server tells them. */
  update({ id, blocked }) {
    if (!this.people.has(id)) return;
    this.people.get(id).blocked = blocked;
    if (this.#person?.id === id) this.#showState();
  }

  #changed({ kind, chat, message }) {
    if (kind === "message" || kind === "loaded") this.#showState(chat);
    if (kind === "message" && message.markup?.keyboard) this.#showKeyboard(chat.keyboard);
  }

  #showState(chat = this.#room.store.known(this.#person.id)) {
    const { blocked, first_name: name } = this.#person;
    this.startButton.hidden = blocked || chat.messages.size > 0;
    this.composer.form.hidden = blocked || chat.messages.size === 0;
    this.blocked.hidden = !blocked;
    this.blocked.replaceChildren(
      h("p", { text: t("blocked", { name }), dir: "auto" }),
      h("button", { text: t("unblock"), on: { click: () => this.does("unblock") } }),
    );
    this.#showKeyboard(blocked ? null : chat.keyboard);
  }

  #showKeyboard(markup) {
    if (this.keyboard.markup === markup && !this.keyboard.hidden === Boolean(markup)) return;
    const used = this.keyboard.markup === markup && this.keyboard.hidden;
    this.keyboard.markup = markup;
    this.keyboard.hidden = !markup || used;
    const rows = (markup?.keyboard ?? []).map((row) => h("div", { class: "keys-row" }, row.map((button) => this.#keyboardKey(button))));
    this.keyboard.replaceChildren(...rows);
    this.chat.toEnd();
  }

  #keyboardKey(button) {
    const tap = async () => {
      if (button.request_location) await this.#locate();
      else await this.does("tap", { text: button.text });
      if (this.keyboard.markup?.one_time_keyboard) this.keyboard.hidden = true;
      this.composer.field.focus();
    };
    return h("button", { class: "key", on: { click: tap } }, h("span", { text: button.text, dir: "auto" }));
  }

  async #locate() {
    const place = await choosePlace(this.#room.cities);
    if (place) await this.does("send_location", place);
  }

  async #commands() {
    const menu = await get("/room/commands", { language: this.#person.language_code ?? "" }).catch(() => []);
    return menu.length ? menu : commands();
  }

  #attachments() {
    return [
      { icon: "photo", text: t("photo"), run: () => this.does("send_photo") },
      { icon: "mic", text: t("voice"), run: () => this.does("send_voice", { seconds: 4 }) },
      { icon: "file", text: t("file"), run: () => this.does("send_document") },
      { icon: "pin", text: t("location"), run: () => this.#locate() },
    ];
  }
}
