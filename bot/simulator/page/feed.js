// The server: requests, and its events as they happen.

const KINDS = [
  "message", "edited", "deleted", "action", "callback_answer", "pinned", "reaction", "topic_deleted", "press", "person",
  "story", "reloaded",
];
const AGAIN_MS = 2000;

async function answered(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok || body?.ok === false) throw new Error(body?.description ?? `${response.status} ${response.statusText}`);
  return body;
}

export async function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return answered(await fetch(search ? `${path}?${search}` : path));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  const answer = await answered(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
  return answer.result;
}

/** What a person does: POST /simulator/<name>. */
export const act = (name, body) => post(`/simulator/${name}`, body);

/**
 * Calls `on(kind, payload)` for every event, `on("lost")` and `on("again")` when the connection went and came back.
 * The promise is kept at the first connection: what is read after it misses nothing.
 */
export function listen(on) {
  return new Promise((opened) => {
    let lost = false;
    const connect = () => {
      const source = new EventSource("/simulator/events");
      source.onopen = () => {
        if (lost) on("again", {});
        lost = false;
        opened();
      };
      source.onerror = () => {
        if (!lost) on("lost", {});
        lost = true;
        if (source.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN_MS);
      };
      for (const kind of KINDS) source.addEventListener(kind, (event) => on(kind, JSON.parse(event.data)));
    };
    connect();
  });
}
