// The text field with its menus: writing, replying, editing, commands, attachments.
import { h, icon, iconButton } from "./dom.js";
import { summary } from "./bubble.js";
import { addMenu } from "./menu.js";
import { onLanguage, t } from "./words.js";

const TALLEST = 140;

export class Composer {
  #reply = null;
  #edit = null;

  /**
   * `does`: send(text, replyTo), edit(message, text), ownLast(), commands() -> [{command, description}],
   * attachments() -> menu items. `id` is the text field's.
   */
  constructor(id, placeholder, does) {
    this.does = does;
    this.field = h("textarea", { id, rows: "1", dir: "auto", tPlaceholder: placeholder, tLabel: placeholder, autocomplete: "off" });
    this.context = h("div", { class: "context", hidden: true });
    const attach = iconButton("plus", "attach", null);
    const commands = iconButton("slash", "commands", null);
    this.form = h(
      "form",
      { class: "composer" },
      this.context,
      h("div", { class: "composer-row" }, attach, commands, this.field, h("button", { class: "icon-button send", type: "submit", tLabel: "send" }, icon("send"))),
    );
    addMenu(attach, this.form, does.attachments);
    addMenu(commands, this.form, () => this.#commands());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#grow());
    onLanguage(() => this.#showContext());
  }

  set placeholder(key) {
    this.field.dataset.tPlaceholder = this.field.dataset.tLabel = key;
    this.field.placeholder = t(key);
    this.field.setAttribute("aria-label", t(key));
  }

  reply(message) {
    this.#edit = null;
    this.#reply = message;
    this.#showContext();
    this.field.focus();
  }

  edit(message) {
    this.#reply = null;
    this.#edit = message;
    this.field.value = message.text;
    this.#showContext();
    this.#grow();
    this.field.focus();
  }

  reset() {
    if (this.#edit) this.field.value = "";
    this.#reply = this.#edit = null;
    this.#showContext();
    this.#grow();
  }

  async #commands() {
    const list = await this.does.commands();
    return list.map(({ command, description, unfinished }) => ({
      text: `/${command}`,
      hint: description,
      run: () => (unfinished ? this.#prefill(`/${command} `) : this.does.send(`/${command}`, null)),
    }));
  }

  #prefill(text) {
    this.field.value = text;
    this.field.focus();
  }

  #send() {
    const text = this.field.value;
    if (!text.trim()) return;
    const [reply, edit] = [this.#reply, this.#edit];
    this.field.value = "";
    this.#reply = this.#edit = null;
    this.#showContext();
    this.#grow();
    if (edit) this.does.edit(edit, text);
    else this.does.send(text, reply);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.field.value && this.does.ownLast()) {
      event.preventDefault();
      this.edit(this.does.ownLast());
    } else if (event.key === "Escape" && (this.#reply || this.#edit)) {
      this.reset();
    }
  }

  #showContext() {
    const message = this.#reply ?? this.#edit;
    this.context.hidden = !message;
    if (!message) return;
    const title = this.#edit ? t("editing") : t("replyTo", { name: message.message.from.first_name });
    this.context.replaceChildren(
      icon(this.#edit ? "edit" : "reply"),
      h("p", {}, h("b", { text: title, dir: "auto" }), h("span", { text: summary(message.message), dir: "auto" })),
      iconButton("close", "cancel", () => this.reset()),
    );
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST)}px`;
  }
}
