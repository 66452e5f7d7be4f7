/**
 * Words and forms that mark a kind of document, whatever it is about. Each is counted a hundred words;
 * the classifier decides what a count means. Chosen by knowing the kinds, not by looking at one
 * source's vocabulary: that would not carry over to another source.
 */
export const LEXICON = {
  cookingVerbs:
    /\b(?:add|bake|beat|blend|boil|bring to|chill|chop|combine|cook|cool|cover|cut|dice|drain|drizzle|fold in|fry|garnish|grate|grill|heat|knead|let (?:it )?(?:rest|cool|sit|stand)|marinate|mash|melt|mince|mix|peel|pour|preheat|reduce|rinse|roast|saut[eé]|season|serve|sift|simmer|slice|soak|spread|sprinkle|stir|strain|taste|toast|top with|whisk)\b/g,
  measures:
    /(?:\d|½|¼|¾|\/\d|\ba|\bone|\btwo|\bhalf a)\s*(?:-\s*)?(?:cups?|tbsps?|tablespoons?|tsps?|teaspoons?|oz|ounces?|lbs?|pounds?|g|grams?|kg|ml|cl|dl|litres?|liters?|pinch(?:es)?|cloves?|slices?|cans?|sticks?|°\s?[cf]|degrees)\b/g,
  durations: /\b\d+\s*(?:[-–]\s*\d+\s*)?(?:min(?:ute)?s?|hours?|hrs?|seconds?|secs?)\b/g,
  recipeParts:
    /\b(?:ingredients?|directions|servings?|prep(?:aration)? time|cook(?:ing)? time|serves \d|yields?|recipe)\b/g,
  meeting:
    /\b(?:attend(?:ees|ance|ing)|agenda|action items?|minutes|present:|apologies|absent|regrets|quorum|second(?:ed)? by|motion|moved by|adjourn(?:ed)?|meeting|call (?:to order|notes|summary)|next (?:meeting|call|steps)|zoom|recording|chair(?:ed)?|notetaker|scribe|any other business|aob)\b/g,
  clock: /\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:am|pm|utc|cet|est|pst))?\b|\b\d{1,2}\s?(?:am|pm)\b/g,
  dates:
    /\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b/g,
  yearRanges:
    /\b(?:19|20)\d{2}\s*(?:[-–—]|to)\s*(?:(?:19|20)\d{2}|\d{2}\b|present|now|today|current)|\b\d{2}\/(?:19|20)\d{2}\b/g,
  resume:
    /\b(?:curriculum vitae|r[eé]sum[eé]|(?:work|professional|relevant) experience|employment(?: history)?|education|skills|references(?: available)?|career|objective|profile|certifications?|bachelor|master|b\.?sc|m\.?sc|b\.?a\.|ph\.?d|university|college|intern(?:ship)?|languages|hobbies|interests|volunteer(?:ing)?|responsible for|achievements?|gpa)\b/g,
  contact: /[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()-]{6,}\d|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b/g,
  lesson:
    /\b(?:lessons?|objectives?|learning (?:objectives|outcomes|goals)|students?|learners?|pupils?|teach(?:er|ing)?|class(?:room)?|exercises?|assignment|quiz|homework|challenge|solution|discussion|activity|worksheet|grade|instructors?|assessment|warm-?up|keypoints|key points|questions?)\b/g,
  legal:
    /\b(?:shall|hereby|herein(?:after)?|hereunder|thereof|pursuant|liabilit(?:y|ies)|liable|agreements?|you agree|indemnif\w+|warrant(?:y|ies)|terms of (?:use|service)|terms and conditions|privacy policy|governing law|jurisdiction|third part(?:y|ies)|personal (?:data|information)|consent|termination|terminate|disclaim\w*|notwithstanding|licen[sc]e[es]?|licensor|copyright|intellectual property|damages|applicable law|without limitation|at our sole discretion)\b/g,
  change:
    /\b(?:changelog|change log|release notes?|released?|fix(?:e[sd]|ing)?|bug ?fix(?:es)?|bump(?:ed|s)?|add(?:ed|s)|remov(?:ed|es)|updat(?:ed|es)|deprecated?|breaking changes?|patch(?:es)?|upgrade[ds]?|improve[ds]?|refactor(?:ed)?|features?|unreleased|new upstream|closes:?|chore|dependencies)\b/g,
  versions: /\bv?\d+\.\d+(?:\.\d+)+(?:[-+~]\w[\w.]*)?\b|\bversion \d+(?:\.\d+)*\b/g,
  references: /#\d{2,6}\b|\b[0-9a-f]{7,40}\b(?=[\s)\]:,.]|$)|\bcve-\d{4}-\d+/g,
  api: /\b(?:parameters?|return(?:s| values?)|syntax|remarks|requirements|properties|methods?|arguments?|attributes?|default(?: value)?|optional|required|boolean|string|integer|int|enum|void|null|true|false|type|namespace|assembly|header|dll|endpoint|callback|constructor|see also|inherits)\b/g,
  code: /\b(?:const|let|var|function|return|import|export|class|def|self|public|private|static|void|int|bool|echo|sudo|npm|pip|printf?|elif|else|endif|null|none|undefined|async|await|require|include|struct|namespace|lambda)\b|[{};]|=>|==|&&|\|\||\/\/|\(\)|::|->/g,
  form: /\b(?:template|placeholder|insert|fill (?:in|out)|please (?:complete|describe|provide|enter|specify|list|select|attach)|your name|name:|date:|title:|email:|address:|phone:|signature|signed|applicant|sign here|describe|e\.g\.|optional|n\/a|tbd|todo|xxx+|yes ?\/ ?no|delete (?:this|as)|steps to reproduce|expected behaviou?r|lorem|ipsum)\b/g,
  blanks:
    /_{3,}|\.{4,}|\[(?: |x|\.\.\.|insert|your|name|date|company|tbd|add|enter)[^\]]{0,40}\]|<(?:your|insert|name|date|add|title|describe|link|todo)[^>]{0,40}>|\{\{[^}]*\}\}|\$\{[^}]*\}|\{%|☐|☑|✅|□/g,
  check:
    /\b(?:checklist|check(?:ed)? (?:that|if|whether|for|the)|ensure|verify|confirm|make sure|review|consider|complete[ds]?|todo|done|should be|must be|have you|are there|is there|do you|does the)\b/g,
  story:
    /\b(?:said|asked|replied|cried|whispered|shouted|exclaimed|answered|murmured|laughed|looked|eyes|face|hand|door|night|morning|suddenly|heart|voice|father|mother|old man|lady|gentleman|sir|mr|mrs|miss)\b/g,
  verse:
    /\b(?:thy|thee|thou|thine|o'er|ne'er|e'er|'tis|'twas|hath|doth|oh|o|ah|lo|upon|alas|amid|yon|ere|oft|dost|art|wilt|behold)\b/g,
  third: /\b(?:he|she|him|her|his|hers|himself|herself)\b/g,
  first: /\b(?:i|me|my|mine|myself|i'm|i've|i'd|i'll)\b/g,
  plural: /\b(?:we|us|our|ours|we're|we've|we'll)\b/g,
  second: /\b(?:you|your|yours|you're|you'll|you've)\b/g,
  links:
    /\b(?:table of contents|contents|index|links?|resources|list of|see also|read more|related|further reading|browse|overview|pages|topics|articles)\b|https?:\/\/|www\./g,
  stub: /\b(?:deprecated|redirect(?:ed)?|moved|coming soon|under construction|no longer|placeholder|to be (?:written|done|added)|work in progress|page (?:has|was|is))\b/g,
  modal:
    /\b(?:can|could|may|might|should|would|will|because|therefore|however|although|while|since|so that|which)\b/g,
} as const;

/** The commonest English function words: a quarter of any English prose, and of nothing else. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  'the of and to a in is that it for as with was on are by this be at from or an which not have has had but they their its were been can will would there when what if more also these than we you your our he she his her who all so no do does how about into other such then them some only out up may should must i my me us could one because while where'.split(
    ' ',
  ),
);

/** Verbs that an instruction begins with. */
export const IMPERATIVES: ReadonlySet<string> = new Set(
  'add adjust allow apply ask assign avoid bake beat boil bring build call change check choose chop clear click clone close combine complete configure confirm connect consider contact continue cook copy cover create cut define delete deploy describe determine disable discuss do document download drain draw edit enable ensure enter establish explain export fill find fold follow garnish get give go heat help identify implement import include increase insert install invite keep learn leave let limit list load log look make mix monitor move name note open paste pick place plan pour practice prepare press preheat prevent print provide publish pull push put read reduce remove rename repeat replace report request reset restart return review roll run save scroll season see select send serve set share show sign simmer slice sort specify spread sprinkle start stir stop submit switch take tap tell test think turn type update upgrade upload use validate verify view visit wait whisk write'.split(
    ' ',
  ),
);
