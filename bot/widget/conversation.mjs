// One conversation: its token, what waits to be sent, the way to the server. All in memory.
const SLOW_MS = 5000;
const GIVE_UP_MS = 20000; // well over the server's own deadline of 8 s

/** Sends messages in order and keeps each until it is answered. */
export class Conversation {
	#base;
	#on;
	#token = null;
	#waiting = [];
	#request;

	/** `on` has answered(message, replies), refused and kept(message, why, lines), slow(), busy(flag). */
	constructor(base, on) {
		this.#base = base;
		this.#on = on;
	}

	say(message) {
		this.#waiting.push(message);
		this.send();
	}

	/** Sends what waits; a message that fails stays first. */
	async send() {
		const waiting = this.#waiting;
		const on = this.#on;
		while (waiting.length && !this.#request) {
			const request = (this.#request = new AbortController());
			on.busy(true);
			const { status, body } = await this.#post(waiting[0], request);
			if (this.#request !== request) return; // ended meanwhile: nothing may reappear
			this.#request = null;
			on.busy(false);
			const replies = Array.isArray(body?.replies) ? body.replies.filter((reply) => reply?.text) : [];
			if (status === 200 && replies.length) {
				this.#token = body.conversation;
				on.answered(waiting.shift(), replies);
			} else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
				on.refused(waiting.shift(), status === 413 ? "tooLong" : "refused", body?.hotlines);
			} else {
				on.kept(waiting[0], status === 429 ? "busy" : navigator.onLine ? "failed" : "offline", body?.hotlines);
				waiting.slice(1).forEach((message) => on.kept(message));
				return;
			}
		}
	}

	/** Counts a vote; no text goes with it, and a lost one disturbs nobody. */
	rate(passage, helpful) {
		this.#fetch("feedback", { conversation: this.#token, passage, helpful }).catch(() => {});
	}

	/** Forgets everything here and on the server, also while the page goes away. */
	end() {
		const address = this.#token && `${this.#base}chat/conversations/${encodeURIComponent(this.#token)}/erase`;
		const request = this.#request;
		this.#token = this.#request = null;
		this.#waiting = [];
		request?.abort(); // the server then erases what it had just begun
		this.#on.busy(false);
		if (address && !navigator.sendBeacon(address)) fetch(address, { method: "POST", keepalive: true }).catch(() => {});
	}

	async #post({ text, payload }, request) {
		const slow = setTimeout(this.#on.slow, SLOW_MS);
		const late = setTimeout(() => request.abort(), GIVE_UP_MS);
		try {
			const response = await this.#fetch("messages", { text, payload, conversation: this.#token }, request.signal);
			return { status: response.status, body: await response.json() };
		} catch {
			return {};
		} finally {
			clearTimeout(slow);
			clearTimeout(late);
		}
	}

	#fetch(name, body, signal) {
		return fetch(`${this.#base}chat/${name}`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(body),
			signal,
			credentials: "omit",
			cache: "no-store",
			referrerPolicy: "no-referrer",
		});
	}
}
