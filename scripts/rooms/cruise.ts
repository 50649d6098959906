import { resolve } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/**
 * All imports of these files and folders, and the rules that they break. Types count as imports unless `types` is false; JSON
 * does not. `folder` is where the paths begin. Throws where the files cannot be read.
 */
export async function cruiseImports(
  paths: string[],
  rules: IForbiddenRuleType[],
  { folder = '.', types = true }: { folder?: string; types?: boolean } = {},
): Promise<ICruiseResult> {
  const { output } = await cruise(
    paths,
    {
      baseDir: resolve(folder),
      validate: true,
      ruleSet: { forbidden: rules },
      tsPreCompilationDeps: types,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: String.raw`\.json$` },
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.css'],
      conditionNames: ['import', 'types'],
      exportsFields: ['exports'],
    },
    { tsConfig: extractTSConfig('tsconfig.json') },
  );
  if (typeof output === 'string') throw new Error(output);
  return output;
}
