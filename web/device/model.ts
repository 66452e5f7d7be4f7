import type { Document, Summary } from '../../component/suggester.js';
import { readMarkdown } from '../../documents/markdown.js';
import { readPlain } from '../../documents/plain.js';
import { type Answerer, answer } from '../../model/answering.js';
import type { Reader } from '../../model/core/index.js';
import { bundleAnswering, bundleReader } from '../../model/described.js';
import { gateFrom } from '../../model/gate-schema.js';
import { work } from '../../model/jobs.js';
import { languageCheck } from '../../model/language.js';
import type { OrtMemory } from '../../model/memory.js';
import { checkOptions, READING } from '../../model/options.js';
import { Download, type DownloadOptions } from './download.js';
import { openGraphs } from './graphs.js';
import { openTokenizer } from './pieces.js';
import { toSummary } from './summary.js';

/** The service's model on this device: the same core, documents and gate, other arithmetic libraries. */
export class DeviceModel {
  private constructor(
    readonly reader: Reader<OrtMemory>,
    private readonly answerer: Omit<Answerer, 'run'>,
  ) {}

  /** @throws Unavailable, or BundleError for files that do not fit together. */
  static async load(options: DownloadOptions): Promise<DeviceModel> {
    const download = await Download.open(options);
    const { manifest } = download;
    const names = ['encoder.onnx', 'decoder.onnx', manifest.tokenizer.file];
    const withGate = Object.hasOwn(manifest.files, 'gate.json');
    const files = await download.files(withGate ? [...names, 'gate.json'] : names);
    const bytes = (name: string) => files[name] as Uint8Array;
    const { architecture } = manifest;
    const gate = withGate
      ? gateFrom(
          new TextDecoder().decode(bytes('gate.json')),
          'gate.json',
          manifest.files['encoder.onnx']?.sha256 ?? '',
          architecture.width,
        )
      : undefined;
    const tokenizer = await openTokenizer(bytes(manifest.tokenizer.file));
    const graphs = { encoder: bytes('encoder.onnx'), decoder: bytes('decoder.onnx') };
    const session = await openGraphs(manifest, graphs);
    const reader = bundleReader(manifest, gate, session, tokenizer);
    const answering = bundleAnswering(manifest, gate);
    const language = languageCheck(manifest.languages);
    return new DeviceModel(reader, { answering, language, reading: READING });
  }

  /** What `POST /v1/summaries` answers. @throws the signal's reason when it is aborted. */
  async suggest(
    document: Document,
    options: { length: 'short' | 'medium'; signal: AbortSignal },
  ): Promise<Summary> {
    const { text, title } = document;
    const read = document.format === 'plain' ? readPlain : readMarkdown;
    const asked = checkOptions(options, this.answerer.answering.types);
    const result = await answer(read(text, { title }), asked, {
      ...this.answerer,
      run: (job) => work(this.reader, job, options.signal),
    });
    return toSummary(result, document);
  }
}
