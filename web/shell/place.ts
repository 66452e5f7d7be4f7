import { html, type TemplateResult } from 'lit';
import type { PrecisSuggestion } from '../../component/element.js';
import { DeviceSuggester } from '../device/suggester.js';
import { readKey } from './key.js';

const KEY = 'precis.place';
const MEGABYTE = 1_000_000;

/** Where documents are read: by the service, or on this device. The choice is kept in this browser. */
export class Place {
  readonly device = new DeviceSuggester({
    service: new URL('.', document.baseURI).href,
    key: readKey,
  });

  constructor(
    private readonly element: PrecisSuggestion,
    onChange: () => void,
  ) {
    this.device.addEventListener('change', onChange);
    if (readPlace() === 'device') element.suggester = this.device;
  }

  get onDevice(): boolean {
    return this.element.suggester === this.device;
  }

  /** What was on its way to the other place is dropped, and asked here. */
  choose(onDevice: boolean): void {
    const { element, device } = this;
    storePlace(onDevice ? 'device' : 'service');
    const { phase } = element.assistant;
    element.assistant.stop();
    element.suggester = onDevice ? device : undefined;
    if (!onDevice) device.stop();
    if (phase === 'thinking' || phase === 'trouble') void element.check();
    else element.changed({ now: true });
  }
}

export function placeChoice(place: Place): TemplateResult {
  const onChange = (event: Event) => place.choose((event.target as HTMLInputElement).checked);
  return html`<div class="place">
    <label>
      <input
        type="checkbox"
        role="switch"
        aria-describedby="place-about"
        .checked=${place.onDevice}
        @change=${onChange}
      />
      On this device
    </label>
    ${place.onDevice && place.device.state === 'loading' ? loading(place.device) : about(place)}
  </div>`;
}

function about({ onDevice }: Place): TemplateResult {
  return html`<p id="place-about">
    ${
      onDevice
        ? 'The model runs in this browser. Your text is sent to nobody.'
        : 'The service reads the text to answer, and keeps none of it.'
    }
  </p>`;
}

function loading({ progress }: DeviceSuggester): TemplateResult {
  const megabytes = (bytes: number) => Math.round(bytes / MEGABYTE);
  const { loaded, total } = progress ?? { loaded: 0, total: 1 };
  const whole = progress !== null && loaded >= total;
  const words = progress
    ? `${megabytes(loaded)} of ${megabytes(total)} MB. Kept in this browser for the next time.`
    : 'It is kept in this browser for the next time.';
  return html`<progress aria-label="Loading the model" max=${total} .value=${loaded}></progress>
    <p id="place-about">${whole ? 'Starting the model …' : `Loading the model: ${words}`}</p>`;
}

function readPlace(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function storePlace(place: 'service' | 'device'): void {
  try {
    localStorage.setItem(KEY, place);
  } catch {
    // It holds until the page is closed.
  }
}
