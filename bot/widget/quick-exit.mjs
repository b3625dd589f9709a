// Leaving in a second. Shift three times works as in GOV.UK's "Exit this page", which people may know.
const PAUSE_MS = 5000;

/** Blanks the page and goes to `address`, in place of this entry of the history. */
export function leave(address, word) {
	const alert = document.createElement("p");
	alert.setAttribute("role", "alert");
	document.title = new URL(address).hostname;
	document.body.replaceChildren(alert);
	alert.textContent = word; // set once the region is there, so that it is spoken
	addEventListener("pageshow", (event) => event.persisted && location.reload());
	try {
		if (top !== window) top.location.replace(address);
	} catch {
		// the sandbox forbids it: only this frame can leave
	}
	location.replace(address);
}

/** Calls `progress(presses, timedOut)` at each press of Shift alone, and `exit()` at the third. */
export function watchShift(progress, exit, signal) {
	let presses = 0;
	let modified;
	let timer;
	const reset = (timedOut) => {
		if (presses) progress((presses = 0), timedOut);
	};
	const onKeyUp = (event) => {
		clearTimeout(timer);
		// Shift with a letter sends the letter's keyup first, with shiftKey set: that is typing, not a press.
		if (event.key !== "Shift" || modified) reset();
		else if (++presses === 3) exit();
		else {
			timer = setTimeout(reset, PAUSE_MS, true);
			progress(presses);
		}
		modified = event.shiftKey;
	};
	addEventListener("keyup", onKeyUp, { capture: true, signal });
}
