import type { Filter } from '../filter.js';
import { ApiReference } from './api-reference.js';
import { Boilerplate } from './boilerplate.js';
import { Changelog } from './changelog.js';
import { ContactList } from './contact-list.js';
import { DocType } from './doc-type.js';
import { Framing } from './framing.js';
import { Garbled } from './garbled.js';
import { IncludeFragment } from './include-fragment.js';
import { IndexPage } from './index-page.js';
import { Language } from './language.js';
import { LeadCopy } from './lead-copy.js';
import { ExtremeLength, Length } from './length.js';
import { Missing } from './missing.js';
import { PersonalData } from './personal-data.js';
import { Stub } from './stub.js';
import { Teaser } from './teaser.js';
import { TitleCopy } from './title-copy.js';
import { Truncated } from './truncated.js';
import { Unsafe } from './unsafe.js';
import { Unsupported } from './unsupported.js';

/** In the order of their verdicts: the first that holds names the reason. */
export const FILTERS: readonly Filter[] = [
  new DocType(),
  new Stub(),
  new Language(),
  new Unsafe(),
  new ContactList(),
  new IncludeFragment(),
  new ApiReference(),
  new IndexPage(),
  new Changelog(),
  new Missing(),
  new Garbled(),
  new Truncated(),
  new PersonalData(),
  new Boilerplate(),
  new ExtremeLength(),
  new Unsupported(),
  new Framing(),
  new TitleCopy(),
  new Teaser(),
  new LeadCopy(),
  new Length(),
];
