// @ts-check
// Z3's WebAssembly build as a program: reads SMT-LIB on standard input and answers on standard output, as `z3 -in` does.
// Plain JavaScript, because stripping types costs 30 ms a start. Usage: wasm-host.cjs Z3_BUILD_DIRECTORY MEGABYTES
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const [directory = "", megabytes = "2000"] = process.argv.slice(2);
const startedBy = process.ppid;
const context = { id: 0, deadline: Number.POSITIVE_INFINITY };
let looks = 0;
/** @type {any} */
let exported;

/**
 * The build uses a thread for each timer, and the first one costs 50 ms. So a query's own limit has none: the clock is looked at
 * from the calls that Z3 makes into JavaScript all the time (its exceptions are made of them), and the search is interrupted
 * there. Only strategies that limit their parts, which Z3 chooses for some first checks, start a thread.
 * @param {any} imports
 * @param {() => void} look
 */
function watchClock(imports, look) {
  const { invoke_vi, invoke_vii, invoke_viiii, invoke_ii } = imports;
  let calls = 0;
  const tick = () => {
    if ((++calls & 1023) === 0) look();
  };
  imports.invoke_vi = (/** @type {number} */ f, /** @type {number} */ a) => {
    tick();
    invoke_vi(f, a);
  };
  imports.invoke_vii = (/** @type {number} */ f, /** @type {number} */ a, /** @type {number} */ b) => {
    tick();
    invoke_vii(f, a, b);
  };
  imports.invoke_viiii = (
    /** @type {number} */ f,
    /** @type {number} */ a,
    /** @type {number} */ b,
    /** @type {number} */ c,
    /** @type {number} */ d,
  ) => {
    tick();
    invoke_viiii(f, a, b, c, d);
  };
  imports.invoke_ii = (/** @type {number} */ f, /** @type {number} */ a) => {
    tick();
    return invoke_ii(f, a);
  };
}

/** Writes all of the text, waiting where the pipe is full. @param {string} text */
function print(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if (/** @type {any} */ (error).code === "EAGAIN") pause();
      else process.exit(1);
    }
  }
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

/** Collects complete S-expressions from pieces of text. @param {(command: string) => void} found */
function collector(found) {
  const token = /[^()";|]+|;[^\n]*\n|"(?:[^"]|"")*"(?!$)|\|[^|]*\||[()]/y;
  let text = "";
  let at = 0;
  let depth = 0;
  let start = 0;
  return (/** @type {string} */ piece) => {
    text += piece;
    for (;;) {
      token.lastIndex = at;
      const match = token.exec(text);
      if (match === null) break;
      at = token.lastIndex;
      if (match[0] === "(" && depth++ === 0) start = at - 1;
      else if (match[0] === ")" && depth > 0 && --depth === 0) found(text.slice(start, at));
    }
    const done = depth === 0 ? at : start;
    text = text.slice(done);
    at -= done;
    start = 0;
  };
}

/** @param {any} z3 @param {string} command @returns {string} */
function evaluate(z3, command) {
  try {
    return z3.ccall("Z3_eval_smtlib2_string", "string", ["number", "string"], [context.id, command]);
  } catch (error) {
    // Z3 ends its program with ERR_MEMOUT (101); the native one says so before. Anything else is a crash.
    if (/** @type {any} */ (error).status === 101) print('(error "out of memory")\n');
    else fs.writeSync(2, `${/** @type {any} */ (error)?.stack ?? error}\n`);
    process.exit(101);
  }
}

/** @param {any} z3 */
function serve(z3) {
  const configuration = z3._Z3_mk_config();
  context.id = z3._Z3_mk_context(configuration);
  z3._set_noop_error_handler(context.id);
  z3.ccall("Z3_global_param_set", "void", ["string", "string"], ["memory_max_size", megabytes]);
  let limit = 0;
  const collect = collector((command) => {
    const option = /^\(\s*set-option\s+:timeout\s+(\d+)\s*\)$/.exec(command);
    if (option !== null) {
      limit = Number(option[1]);
      return;
    }
    if (/^\(\s*exit\s*\)$/.test(command)) process.exit(0);
    if (limit > 0 && /^\(\s*check-sat/.test(command)) context.deadline = performance.now() + limit;
    const answer = evaluate(z3, command);
    context.deadline = Number.POSITIVE_INFINITY;
    if (answer !== "") print(answer.endsWith("\n") ? answer : `${answer}\n`);
  });
  const buffer = Buffer.alloc(1 << 16);
  const decoder = new TextDecoder();
  for (;;) {
    const length = read(buffer);
    if (length === 0) process.exit(0);
    if (length > 0) collect(decoder.decode(buffer.subarray(0, length), { stream: true }));
    else pause();
  }
}

/** Bytes read from standard input; 0 at its end, -1 when there are none yet. @param {Buffer} buffer */
function read(buffer) {
  try {
    return fs.readSync(0, buffer);
  } catch (error) {
    const code = /** @type {any} */ (error).code;
    if (code === "EAGAIN") return -1;
    if (code === "EOF") return 0;
    throw error;
  }
}

const initialize = require(path.join(directory, "z3-built.js"));
initialize({
  instantiateWasm(/** @type {any} */ imports, /** @type {(instance: any, module: any) => void} */ done) {
    watchClock(imports.env, () => {
      if (performance.now() > context.deadline) exported._Z3_interrupt(context.id);
      // A long search does not see the end of standard input.
      if ((++looks & 1023) === 0 && process.ppid !== startedBy) process.exit(1);
    });
    const module = new WebAssembly.Module(fs.readFileSync(path.join(directory, "z3-built.wasm")));
    const instance = new WebAssembly.Instance(module, imports);
    done(instance, module);
    return instance.exports;
  },
  print: (/** @type {string} */ line) => print(`${line}\n`),
  printErr: () => {},
}).then((/** @type {any} */ z3) => {
  exported = z3;
  serve(z3);
});
