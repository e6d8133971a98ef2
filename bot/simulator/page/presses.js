// Pressed inline buttons, by people here or by a story, and what the bot answers to them.
import { act } from "./feed.js";
import { alertBox, toast, told } from "./toast.js";

export class Presses {
  #views = [];
  #under = new Map();

  add(view) {
    this.#views.push(view);
  }

  press(person, message, button) {
    return told(act("press_data", { person, message: { chat: message.chat, id: message.id }, data: button.callback_data }));
  }

  /** Events `press` and `callback_answer`. */
  began({ query, chat, id, data }) {
    this.#under.set(query, { chat, id, data });
    this.#mark({ chat, id, data }, true);
  }

  answered({ query, text, show_alert: alert, url }) {
    const press = this.#under.get(query);
    this.#under.delete(query);
    if (press) this.#mark(press, false);
    if (text && alert) alertBox(text);
    else if (text || url) toast(text || url);
  }

  #mark({ chat, id, data }, busy) {
    for (const view of this.#views) if (view.chatId === chat) view.pressed(id, data, busy);
  }
}
