import type {
  AcceptReply,
  Conflict,
  Problem,
  SettingsRequest,
  Source,
  Standing,
  Status,
  Suggestion,
} from '../contract.js';
import { Countdown } from './countdown.js';
import { call } from './script.js';
import { settings } from './settings.js';
import * as views from './views.js';

/** The service asked to wait: so often it is asked again without a click. */
const MOST_RETRIES = 3;
/** A longer wait, such as for tomorrow's quota, is not counted down. */
const LONGEST_WAIT_SECONDS = 300;
/** Coming back to the sidebar looks at the document again, but not more often than this. */
const LOOK_AGAIN_MILLISECONDS = 30_000;

/** The states of the sidebar and what leads from one to the next. */
export class Sidebar implements views.Deeds {
  #status: Status = {
    state: 'status',
    address: null,
    hasKey: false,
    standing: null,
    removed: false,
  };
  #suggestion: Suggestion | null = null;
  /** The writer's own version, kept while something is in the way of it. */
  #own: string | null = null;
  #countdown: Countdown | null = null;
  #retries = 0;
  /** Counts what was asked: an answer to an older question is dropped. */
  #turn = 0;
  #waitsForNetwork: (() => void) | null = null;
  #looked = 0;
  #resting = false;

  constructor(
    private readonly view: HTMLElement,
    private readonly announcement: HTMLElement,
  ) {}

  async open(atSettings: boolean): Promise<void> {
    const status = await this.#ask(
      { doing: 'Looking at the document…' },
      () => call('status'),
      () => void this.open(atSettings),
    );
    if (!status) return;
    this.#status = status;
    this.#looked = Date.now();
    if (atSettings || status.address === null) this.settings();
    else if (status.standing) this.#stand(status.standing);
    else if (status.removed) this.#rest('The summary was taken out');
    else this.check();
  }

  check = (): void => {
    this.#retries = 0;
    void this.#suggest();
  };

  async #suggest(): Promise<void> {
    const reply = await this.#ask(
      { doing: 'Reading the document…', stop: this.#stop },
      () => call('suggest'),
      this.check,
    );
    if (!reply) return;
    switch (reply.state) {
      case 'setup':
        return this.settings();
      case 'suggestion':
        this.#suggestion = reply.suggestion;
        this.#own = null;
        return this.back();
      case 'withheld':
        return this.#show(views.withheld(reply.reason, reply.documentType, this));
      case 'problem':
        return this.#fail(reply.problem, this.check, () => void this.#suggest());
    }
  }

  #stop = (): void => {
    this.#turn++;
    this.#rest('Stopped');
  };

  /** The suggestion again, or what there was before it. */
  back = (): void => {
    const { standing, address } = this.#status;
    if (this.#suggestion) this.#show(views.suggested(this.#suggestion, this));
    else if (address === null) this.settings();
    else if (standing) this.#stand(standing);
    else this.#rest('No summary yet');
  };

  edit = (): void => {
    if (!this.#suggestion) return;
    this.#show(views.editing(this.#own ?? this.#suggestion.text, this));
    this.view.querySelector('textarea')?.focus();
  };

  accept = (text: string, despite: Conflict[]): void => {
    void this.#accept(text, despite);
  };

  async #accept(text: string, despite: Conflict[]): Promise<void> {
    const suggestion = this.#suggestion;
    if (!suggestion) return;
    const edited = text !== suggestion.text;
    this.#own = edited ? text : null;
    const { id: suggestionId, fingerprint } = suggestion;
    const request = { suggestionId, text, edited, fingerprint, despite };
    const again = () => this.accept(text, despite);
    const reply: AcceptReply | null = await this.#ask(
      { doing: 'Inserting…' },
      () => call('accept', request),
      again,
    );
    if (!reply) return;
    switch (reply.state) {
      case 'inserted':
        this.#suggestion = null;
        return this.#stand(reply.standing);
      case 'conflict': {
        const go = () => this.accept(text, [...despite, reply.conflict]);
        return this.#show(views.conflict(reply.conflict, go, this));
      }
      case 'problem':
        return this.#fail(reply.problem, again);
    }
  }

  dismiss = (): void => {
    const { id } = this.#suggestion ?? {};
    this.#suggestion = null;
    const { standing } = this.#status;
    if (standing) this.#stand(standing);
    else this.#rest('Dismissed');
    // Feedback that can't be sent is nothing to bother the writer with.
    if (id) call('dismiss', id).catch(() => {});
  };

  show = (source: Source): void => {
    const fingerprint = this.#suggestion?.fingerprint ?? '';
    call('showSource', { ...source, fingerprint }).then(
      ({ state }) =>
        this.#announce(
          state === 'shown'
            ? 'The passage is selected in the document.'
            : 'The passage is no longer in the document.',
          true,
        ),
      () => this.#announce('The passage could not be shown.', true),
    );
  };

  remove = (): void => {
    void this.#remove();
  };

  async #remove(): Promise<void> {
    const reply = await this.#ask({ doing: 'Removing…' }, () => call('removeSummary'), this.remove);
    if (!reply) return;
    if (reply.state === 'problem') return this.#fail(reply.problem, this.remove);
    this.#status = { ...this.#status, standing: null };
    this.#rest('The summary was taken out');
  }

  settings = (): void => {
    this.#turn++;
    this.#form(this.#status.address ?? '');
  };

  /** @param typed address in the form. @param problem what was wrong with it. */
  #form(typed: string, problem?: Problem): void {
    const { address, hasKey } = this.#status;
    const save = (request: SettingsRequest) => void this.#save(request);
    const back = address === null ? null : this.back;
    this.#show(settings({ address: typed, hasKey }, { save, back }, problem));
  }

  async #save(request: SettingsRequest): Promise<void> {
    const again = () => void this.#save(request);
    const send = () => call('saveSettings', request);
    const reply = await this.#ask({ doing: 'Asking the service…' }, send, again);
    if (reply?.state === 'problem') this.#form(request.address, reply.problem);
    else if (reply) void this.open(false);
  }

  online(): void {
    const again = this.#waitsForNetwork;
    this.#waitsForNetwork = null;
    again?.();
  }

  /** The writer comes back from the document: a summary may be gone or stale by now. */
  returned(): void {
    if (!this.#resting || Date.now() - this.#looked < LOOK_AGAIN_MILLISECONDS) return;
    this.#looked = Date.now();
    const turn = this.#turn;
    call('status').then(
      (status) => {
        if (turn !== this.#turn || !this.#resting) return;
        const before = this.#status.standing;
        this.#status = status;
        if (JSON.stringify(before) === JSON.stringify(status.standing)) return;
        if (status.standing) this.#stand(status.standing);
        else this.#rest(status.removed ? 'The summary was taken out' : 'No summary yet');
      },
      () => {},
    );
  }

  #stand(standing: Standing): void {
    this.#status = { ...this.#status, standing };
    this.#show(views.inserted(standing, this));
    this.#resting = true;
  }

  #rest(text: string): void {
    this.#show(views.idle(text, this));
    this.#resting = true;
  }

  /** Asks the script; null when the answer is not wanted any more or did not come. */
  async #ask<T>(
    { doing, stop = null }: { doing: string; stop?: (() => void) | null },
    send: () => Promise<T>,
    again: () => void,
  ): Promise<T | null> {
    const turn = ++this.#turn;
    if (!navigator.onLine) return this.#offline(again);
    this.#show(views.working(doing, stop), false);
    try {
      const reply = await send();
      return turn === this.#turn ? reply : null;
    } catch (error) {
      if (turn !== this.#turn) return null;
      const { message } = error as Error;
      if (!navigator.onLine || /network/i.test(message)) return this.#offline(again);
      if (message === 'No answer') this.#fail({ code: 'timeout' }, again);
      else this.#fail({ code: 'failed', message }, again);
      return null;
    }
  }

  #offline(again: () => void): null {
    this.#fail({ code: 'offline' }, again);
    this.#waitsForNetwork = again;
    return null;
  }

  #fail(problem: Problem, again: () => void, automatic?: () => void): void {
    const { retryAfter } = problem;
    if (
      !automatic ||
      !(Number(retryAfter) <= LONGEST_WAIT_SECONDS) ||
      this.#retries >= MOST_RETRIES
    ) {
      this.#show(views.failed(problem, again, this));
      return;
    }
    this.#retries++;
    const countdown = new Countdown(Number(retryAfter), automatic);
    this.#show(views.failed(problem, again, this, countdown.node));
    this.#countdown = countdown;
  }

  /** @param focus whether the state is one that the writer should be taken to. */
  #show(nodes: Node[], focus = true): void {
    this.#countdown?.stop();
    this.#countdown = null;
    this.#waitsForNetwork = null;
    this.#resting = false;
    this.view.replaceChildren(...nodes);
    const heading = this.view.querySelector('h2');
    this.#announce(heading?.textContent ?? '', false);
    // Without the focus in the sidebar the writer is at work in the document.
    if (focus && document.hasFocus()) heading?.focus();
  }

  #announce(text: string, visible: boolean): void {
    this.announcement.textContent = text;
    this.announcement.className = visible ? 'soft' : 'unseen';
  }
}
