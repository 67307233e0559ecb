/** How a label goes on: "… number", "…_no", "… #". */
export const NUMBER = String.raw`(?:[ _-]?(?:numbers?|num|no\.?|nr\.?|id|code|#))?`;
/** What stands between a label and its value in sentences, forms, settings and JSON, also JSON within a string. */
export const SAYS = String.raw`(?:\\?["'])?\)?(?:\s(?:is|was|are|on file(?: is)?))?\s{0,2}(?:[:=#>-]{1,2}|\t|,)?\s{0,2}(?:\\?["'])?`;
