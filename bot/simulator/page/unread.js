// How many messages of each desk and topic were not shown yet.

export class Unread {
  #counts = new Map();

  /** A desk's messages so far count as read. */
  start(chat) {
    if (!this.#counts.has(chat.id)) this.#counts.set(chat.id, new Map());
  }

  add(desk, thread) {
    const counts = this.#counts.get(desk);
    counts?.set(thread, (counts.get(thread) ?? 0) + 1);
  }

  read(desk, thread) {
    this.#counts.get(desk)?.delete(thread);
  }

  /** Of a topic (null: the general one), or of the whole desk without one. */
  of(desk, thread) {
    const counts = this.#counts.get(desk) ?? new Map();
    if (thread !== undefined) return counts.get(thread) ?? 0;
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
