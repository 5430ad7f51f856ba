/** Dependency rules (design.md): a folder is a stage, a language or a tool, and these are the walls between them. */
const node = "^(node:)?(child_process|net|http|https|http2|tls|dgram|worker_threads|cluster|fs|fs/promises)$";

module.exports = {
  forbidden: [
    {
      name: "engine-is-pure",
      comment: "server/engine imports neither vscode, network nor processes, and no prover.",
      severity: "error",
      from: { path: "^server/engine/" },
      to: {
        path: `^(provers|extension)/|${node}|node_modules/(openai|node-llama-cpp|execa|z3-solver|vscode)`,
      },
    },
    {
      name: "conditions-and-program-are-pure",
      comment: "What generates and executes conditions computes only.",
      severity: "error",
      from: { path: "^server/(program|conditions|proposers|tasks|search)/" },
      to: { path: `^(provers|extension|server/(cli|lsp|models|install))/|${node}` },
    },
    {
      name: "only-the-judge-mints",
      comment: "Verified comes from provers/judge alone: nobody else imports the module that makes it.",
      severity: "error",
      from: { pathNot: "^provers/judge/" },
      to: { path: "^provers/judge/mint" },
    },
    {
      name: "grammars-import-grammars-only",
      severity: "error",
      from: { path: "^grammars/" },
      to: { path: `^(server|provers|extension)/|${node}` },
    },
    {
      name: "grammar-machinery-knows-no-language",
      severity: "error",
      from: { path: "^grammars/(definition|emit|automata|certificate)/" },
      to: {
        path: "^grammars/(invariant|smt-term|lean-tactic|coq-tactic|python-expression|c|acsl|smtlib|sygus|lean|coq)/",
      },
    },
    {
      name: "certificate-checker-stands-alone",
      comment: "What checks the provers of grammars shares no code with them, and reads no file itself.",
      severity: "error",
      from: { path: "^grammars/certificate/(checker|derive)/" },
      to: { pathNot: "^grammars/certificate/(checker|derive)/|^(node:)?crypto$" },
    },
    {
      name: "provers-do-not-use-their-checker",
      comment: "Nor do they take anything from it; certify.ts puts the two together.",
      severity: "error",
      from: { path: "^grammars/", pathNot: "^grammars/(certificate/(checker|derive|coq)/|proofs/certify)" },
      to: { path: "^grammars/certificate/(checker|derive)/" },
    },
    {
      name: "extension-knows-no-prover",
      severity: "error",
      from: { path: "^extension/" },
      to: { path: "^(provers|server/(conditions|program|proposers|models))/" },
    },
    {
      name: "constructors-meet-in-wiring",
      comment:
        "Provers, models and the engine are put together in server/wiring.ts; commands and tests use that.",
      severity: "error",
      from: { path: "^server/", pathNot: "^server/(wiring|cli/|lsp/|install/|models/)" },
      to: { path: "^provers/" },
    },
    {
      name: "no-cycles",
      comment: "Lowering C is mutually recursive as C's grammar is; nothing else may be.",
      severity: "error",
      from: { pathNot: "^server/program/lower/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".mjs", ".cjs", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node"],
    },
  },
};
