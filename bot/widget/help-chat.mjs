// <help-chat>: a chat that a frightened person can open, use and leave in a second without a trace.
// Everything is held in memory, nothing is ever stored. Attributes: see docs/widget.md.
import { lineLinks, replyBubble, troubleBubble, userBubble } from "./bubbles.mjs";
import { Conversation } from "./conversation.mjs";
import { el, spoken } from "./dom.mjs";
import { leave, watchShift } from "./quick-exit.mjs";
import { EXIT_URL, LINES } from "./site.mjs";
import { WORDING } from "./wording.mjs";

class HelpChat extends HTMLElement {
	static observedAttributes = ["heading", "lang", "open", "accent", "accent-text"];

	#root = this.attachShadow({ mode: "open" });
	#conversation;
	#listening;
	#parts;

	connectedCallback() {
		const base = new URL(this.getAttribute("api") ?? "..", import.meta.url).href;
		this.#conversation = new Conversation(base.replace(/\/?$/, "/"), {
			answered: (message, replies) => this.#answered(message, replies),
			refused: ({ text }, why, lines) => {
				this.#parts.field.value ||= text; // nothing typed is lost
				this.#trouble(why, lines);
			},
			kept: ({ bubble }, why, lines) => {
				if (!bubble.querySelector(".kept")) bubble.append(this.#keptNote());
				if (why) this.#trouble(why, lines);
			},
			slow: () => this.#trouble("slow"),
			busy: (flag) => (this.#parts.status.textContent = flag ? this.#words.writing : ""),
		});
		this.#build();
		const { signal } = (this.#listening = new AbortController());
		watchShift((count, timedOut) => this.#shiftPressed(count, timedOut), () => this.exit(), signal);
		addEventListener("online", () => this.#conversation.send(), { signal });
		// After "back" the chat is empty, also where the browser kept the page alive.
		addEventListener("pagehide", () => this.#clear(), { signal });
		for (const type of ["resize", "scroll"]) visualViewport.addEventListener(type, () => this.#fit(visualViewport), { signal });
		this.#fit(visualViewport);
	}

	disconnectedCallback() {
		this.#listening.abort();
		this.#conversation.end();
	}

	attributeChangedCallback(name, old, value) {
		if (name.startsWith("accent")) this.style.setProperty(`--help-chat-${name}`, value);
		else if (this.#parts && old !== value) this.#relabel();
	}

	get open() {
		return this.hasAttribute("open");
	}

	set open(value) {
		this.toggleAttribute("open", value);
		// A thumb gets the whole panel first, a keyboard the place to type.
		if (value) (matchMedia("(pointer: coarse)").matches ? this.#parts.log : this.#parts.field).focus();
		else this.#parts.toggle.focus();
	}

	/** Leaves: erases here and on the server, blanks the page, goes to the exit address. */
	exit() {
		const wanted = this.getAttribute("exit");
		this.#clear();
		leave(/^https?:\/\//.test(wanted) ? wanted : EXIT_URL, this.#words.exiting);
	}

	get #words() {
		const language = this.lang || this.closest("[lang]")?.lang || document.documentElement.lang;
		return WORDING[language.slice(0, 2)] ?? WORDING.en;
	}

	#build() {
		const part = (tag, name, props, ...children) => (p[name] = el(tag, { class: name, part: name, ...props }, ...children));
		const button = (name, onclick, props) => part("button", name, { type: "button", onclick, ...props });
		const p = (this.#parts = {});
		const submit = (event) => this.#submit(event);
		const typed = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && submit(event);
		const escaped = (event) => event.key === "Escape" && this.open && (this.open = false);
		button("other", () => (this.lang = this.#words.other[0]));
		part("p", "intro");
		part("section", "box", { hidden: true, "aria-labelledby": "heading", onkeydown: escaped },
			el("div", { class: "head" },
				button("exit", () => this.exit(), { "aria-describedby": "note" }),
				part("h2", "heading", { id: "heading" }),
				button("toggle", () => (this.open = !this.open), { "aria-controls": "panel" }),
				part("p", "note", { id: "note" })),
			part("nav", "bar"),
			part("div", "panel", { id: "panel" },
				part("div", "log", { role: "log", tabindex: "0" }),
				part("p", "status", { role: "status" }),
				el("form", { onsubmit: submit },
					part("label", "label", { for: "field" }),
					// No spelling service and no writing helper may see the text.
					part("textarea", "field", { id: "field", rows: 1, autocomplete: "off", spellcheck: "false", "data-gramm": "false", onkeydown: typed }),
					part("button", "send"))),
			part("p", "presses", { role: "status" }));
		// Shown once its style has come, or failed to.
		const show = () => (p.box.hidden = false);
		const style = el("link", { rel: "stylesheet", href: new URL("help-chat.css", import.meta.url), onload: show, onerror: show });
		this.#root.replaceChildren(style, p.box);
		this.#clear();
		this.#relabel();
	}

	#relabel() {
		const p = this.#parts;
		const words = this.#words;
		const more = el("button", { type: "button", class: "more", "aria-expanded": "false" }, el("span", null, words.more));
		more.addEventListener("click", () => more.setAttribute("aria-expanded", p.bar.classList.toggle("all")));
		p.box.lang = words.code;
		p.box.dir = words.dir ?? "ltr";
		p.exit.replaceChildren(words.exit, spoken(words.exitMore));
		p.note.textContent = words.exitNote;
		p.heading.textContent = this.getAttribute("heading") ?? words.heading;
		p.toggle.textContent = this.open ? words.hide : words.open;
		p.toggle.setAttribute("aria-expanded", this.open);
		p.bar.ariaLabel = words.lines;
		p.bar.classList.remove("all");
		p.bar.replaceChildren(
			el("ul", null, LINES.map((line) => el("li", null, lineLinks(line, words, words.labels[line.id] ?? line.short)))),
			more,
		);
		p.panel.hidden = !this.open;
		p.log.ariaLabel = words.log;
		p.intro.textContent = words.intro;
		[p.other.lang, p.other.textContent] = words.other;
		p.label.textContent = p.field.placeholder = words.field;
		p.send.textContent = words.send;
	}

	#submit(event) {
		event.preventDefault();
		const { field } = this.#parts;
		const text = field.value.trim();
		field.value = "";
		field.focus();
		if (text) this.#say(text);
	}

	#say(text, payload) {
		const bubble = userBubble(text, this.#words);
		this.#show(bubble);
		this.#conversation.say({ text, payload, bubble });
	}

	#answered({ bubble, payload }, replies) {
		bubble.querySelector(".kept")?.remove();
		const act = {
			press: (button) => this.#say(`${button.title}`, button.payload),
			rate: (...vote) => this.#conversation.rate(...vote),
			exit: () => this.exit(),
		};
		const watched = payload === "say:watched";
		this.#show(...replies.map((reply, place) => replyBubble(reply, this.#words, act, watched && !place)));
	}

	#keptNote() {
		const retry = el("button", { type: "button", onclick: () => this.#conversation.send() }, this.#words.retry);
		return el("div", { class: "kept" }, this.#words.notSent, retry);
	}

	#trouble(why, lines) {
		const words = this.#words;
		const text = words[why] + words.danger.replace("{emergency}", LINES[0].call);
		this.#show(troubleBubble(text, lines, words));
	}

	#show(first, ...others) {
		const { log, field } = this.#parts;
		log.append(first, ...others);
		// A long answer is read from its start, so the top of what is new comes into view.
		log.scrollTop = first.offsetTop - log.offsetTop - 8;
		// What is urgent gets the focus, but never away from someone who is typing.
		if (first.matches(".urgent") && this.open && !field.value) first.focus({ preventScroll: true });
	}

	#shiftPressed(count, timedOut) {
		const { exit, presses } = this.#parts;
		exit.dataset.presses = count;
		presses.textContent = timedOut ? this.#words.timedOut : this.#words.presses[count];
	}

	/** Empties the chat and forgets the conversation. */
	#clear() {
		const p = this.#parts;
		this.#conversation.end();
		p.field.value = p.presses.textContent = "";
		p.log.replaceChildren(el("div", { class: "bubble notice" }, p.intro, p.other));
	}

	/** Keeps all on screen while a phone's keyboard is up; a pinch zoom is left alone. */
	#fit({ scale, height, offsetTop }) {
		if (scale !== 1) return;
		this.style.setProperty("--_height", `${height}px`);
		this.style.setProperty("--_top", `${offsetTop}px`);
	}
}

customElements.define("help-chat", HelpChat);
