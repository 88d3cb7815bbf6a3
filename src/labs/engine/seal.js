// Before anything of a lab runs: what is not the same everywhere, and what makes code of text, goes.
delete Math.random
delete Math.hypot // its last bit differs between engines
delete globalThis.eval
for (const f of [function () {}, function* () {}, async function () {}, async function* () {}]) Object.defineProperty(Object.getPrototypeOf(f), 'constructor', { value: undefined })
for (const k of ['Function', 'Promise', 'Iterator', 'queueMicrotask', 'gc', 'performance', 'navigator', 'console']) delete globalThis[k]
