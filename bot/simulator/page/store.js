// Chats as the server has them, kept up to date by its events.
import { get } from "./feed.js";

const byId = (a, b) => a[0] - b[0];

export class Store {
  #chats = new Map();
  #loading = new Map();
  #held = new Map();
  #listeners = new Set();

  /** Listeners get {kind, chat, id, message, payload} after each change; kind "loaded" = everything is new. */
  on(listener) {
    this.#listeners.add(listener);
  }

  /** A chat that was loaded, or undefined. */
  known(id) {
    return this.#chats.get(id);
  }

  /** The chat {id, messages: Map, keyboard, pinned}, read once and then kept up to date. */
  async chat(id) {
    return this.#chats.get(id) ?? this.#load(id);
  }

  /** Reads every known chat again. */
  async reload() {
    await Promise.all([...this.#chats.keys()].map((id) => this.#load(id)));
  }

  #load(id) {
    if (!this.#loading.has(id)) {
      this.#held.set(id, []);
      this.#loading.set(id, this.#read(id).finally(() => this.#loading.delete(id)));
    }
    return this.#loading.get(id);
  }

  async #read(id) {
    try {
      const { messages, keyboard, pinned } = await get("/simulator/messages", { chat: id });
      const chat = { id, messages: new Map(messages.map((message) => [message.id, message])), keyboard, pinned };
      this.#chats.set(id, chat);
      // What happened while the answer was on its way is put on top; every change can be made twice.
      for (const [kind, payload] of this.#held.get(id)) this.#change(chat, kind, payload);
      this.#tell({ kind: "loaded", chat });
      return chat;
    } finally {
      this.#held.delete(id);
    }
  }

  apply(kind, payload) {
    const held = this.#held.get(payload.chat);
    if (held) held.push([kind, payload]);
    const chat = this.#chats.get(payload.chat);
    if (!chat || held) return;
    this.#change(chat, kind, payload);
    this.#tell({ kind, chat, id: payload.id, message: chat.messages.get(payload.id), payload });
  }

  #change(chat, kind, payload) {
    switch (kind) {
      case "message":
        this.#put(chat, payload);
        if (payload.markup?.keyboard) chat.keyboard = payload.markup;
        else if (payload.markup?.remove_keyboard) chat.keyboard = null;
        break;
      case "edited":
        this.#put(chat, payload);
        break;
      case "deleted":
        chat.messages.delete(payload.id);
        chat.pinned = chat.pinned.filter((id) => id !== payload.id);
        break;
      case "pinned":
        chat.pinned = payload.ids;
        break;
      case "reaction":
        if (chat.messages.has(payload.id)) chat.messages.get(payload.id).reactions = payload.reactions;
        break;
    }
  }

  #put(chat, message) {
    const last = [...chat.messages.keys()].at(-1) ?? 0;
    const known = chat.messages.has(message.id);
    chat.messages.set(message.id, message);
    if (!known && message.id < last) chat.messages = new Map([...chat.messages].sort(byId));
  }

  #tell(change) {
    this.#listeners.forEach((listener) => listener(change));
  }
}
