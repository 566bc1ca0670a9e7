// Judges a document on its standard input by the standard's own schema and prints the faults as JSON: `atom FILE.rng` by
// libxml2, `dcat SHAPES.ttl` by SHACL over what another library reads out of the JSON-LD. Nothing is fetched.
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const [kind, schema] = process.argv.slice(2);
const given = await text(process.stdin);

const judgeAtom = async () => {
  const { RelaxNGValidator, XmlDocument } = await import('libxml2-wasm');
  try {
    const grammar = RelaxNGValidator.fromDoc(XmlDocument.fromString(readFileSync(schema, 'utf8')));
    grammar.validate(XmlDocument.fromString(given));
    return [];
  } catch (error) {
    return [String(error.message)];
  }
};

const judgeDcat = async () => {
  const { default: jsonld } = await import('jsonld');
  const { Parser, Store } = await import('n3');
  const { default: Validator } = await import('rdf-validate-shacl');
  const documentLoader = (url) => {
    throw new Error(`asked for ${url}`);
  };
  const quads = await jsonld.toRDF(JSON.parse(given), { format: 'application/n-quads', documentLoader });
  const data = new Store(new Parser({ format: 'N-Quads' }).parse(quads));
  const shapes = new Store(new Parser().parse(readFileSync(schema, 'utf8')));
  const { results } = await new Validator(shapes).validate(data);
  const counts = { quads: data.size };
  const faults = results
    .filter(({ severity }) => severity?.value.endsWith('#Violation'))
    .map(
      ({ focusNode, path, message }) =>
        `${focusNode?.value} ${path?.value ?? ''} ${message.map(({ value }) => value).join(' ')}`,
    );
  return counts.quads === 0 ? ['no statements'] : faults;
};

const faults = await (kind === 'atom' ? judgeAtom() : judgeDcat());
process.stdout.write(JSON.stringify(faults));
