// Talking to the sandbox: the control API and its stream of events.

const EVENTS = ["message", "edited", "deleted", "answer", "reaction", "action", "call", "state"];
const LONGEST_PAUSE = 8000;

/** What the sandbox refused, in its own words. */
export class Refused extends Error {}

/** One control call: GET without a body, POST with one (an object, or FormData for files). */
export async function ask(path, body) {
  const request = body === undefined ? {} : { method: "POST" };
  if (body instanceof FormData) request.body = body;
  else if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { "Content-Type": "application/json" };
  }
  let answer;
  try {
    answer = await (await fetch(`/sandbox/${path}`, request)).json();
  } catch {
    throw new Refused("Песочница не отвечает. Проверьте, что она запущена.");
  }
  if (!answer.ok) throw new Refused(answer.description || "Песочница отказала без объяснений.");
  return answer.result;
}

/**
 * Listens for as long as the page lives. The browser reconnects by itself after a dropped line but gives up
 * when the server answers with an error (while it restarts), so that case is retried here.
 * `onopen(again)` runs at each connection: what was missed in between must be asked for.
 */
export function listen(handlers, onopen, onlost) {
  let pause = 500;
  let opened = 0;
  const connect = () => {
    const source = new EventSource("/sandbox/events");
    source.onopen = () => {
      pause = 500;
      opened += 1;
      onopen(opened > 1);
    };
    source.onerror = () => {
      onlost();
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => handlers[name]?.(event.data ? JSON.parse(event.data) : {}));
    }
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  connect();
}
