import { listModels } from "../install/models.ts";
import { columns } from "./columns.ts";
import { showSize } from "./size.ts";

/** The models that were pulled, those that can be, and how to name others. */
export async function modelList({ json }: { readonly json: boolean }): Promise<number> {
  const models = await listModels();
  if (json) {
    process.stdout.write(models.map((model) => `${JSON.stringify(model)}\n`).join(""));
    return 0;
  }
  const rows = models.map(({ name, title, bytes, licence, pulled }) => [
    name,
    pulled ? "pulled" : "not pulled",
    bytes === null ? "" : showSize(bytes),
    licence,
    title,
  ]);
  process.stdout.write(`${columns(rows).join("\n")}\n\n`);
  process.stdout.write(
    "Other names: openai:MODEL (any compatible endpoint, OPENAI_BASE_URL and OPENAI_API_KEY), FILE.gguf, none.\n",
  );
  return 0;
}
