import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Names that a file declares and exports itself: what it hands on from other files is not meant. */
export function declaredExports(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const names = new Set<string>();
  const local = new Set<string>();
  const bound = (name: ts.BindingName): string[] =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));
  const namesOf = (statement: ts.Statement): string[] => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
    const named =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return named && statement.name ? [statement.name.text] : [];
  };
  for (const statement of source.statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    for (const name of namesOf(statement)) (exported ? names : local).add(name);
  }
  // `export { name }` and `export { name as other }` of something declared here.
  for (const statement of source.statements)
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier && statement.exportClause)
      if (ts.isNamedExports(statement.exportClause))
        for (const { name, propertyName } of statement.exportClause.elements)
          if (local.has((propertyName ?? name).text)) names.add(name.text);
  return [...names];
}

/** Names that a file hands on under another name, one sentence each: a second word for one thing. */
export function renamedExports(
  files: readonly string[],
  read = (file: string) => readFileSync(file, 'utf8'),
): string[] {
  return files.flatMap((file) =>
    [...read(file).matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
      [...names.matchAll(/(\w+) as (\w+)/g)].map(
        ([, name, other]) => `${file} exports ${name} as ${other}: one thing, one name.`,
      ),
    ),
  );
}

/** Exported names that are declared in more than one of these files, one sentence each. */
export function doubledNames(
  files: readonly string[],
  read = (file: string) => readFileSync(file, 'utf8'),
): string[] {
  const places = new Map<string, string[]>();
  for (const file of files)
    for (const name of declaredExports(file, read(file)))
      places.set(name, [...(places.get(name) ?? []), file]);
  return [...places]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${name} is exported by ${found.join(' and ')}: one name, one thing.`);
}
