import { installTools } from "./tools.ts";

/** `npm run e2e:install`. */
process.stdout.write(`${installTools()}\n`);
