// How the scripts of the site and of its tests are written, beside what is an error in any program.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "eqeqeq": "error",
      "no-var": "error",
      "prefer-const": "error",
      "prefer-arrow-callback": "error",
      "object-shorthand": "error",
      "arrow-body-style": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      // Text of a report never becomes markup.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML" },
        { property: "outerHTML" },
        { property: "insertAdjacentHTML" },
        { object: "document", property: "write" },
      ],
    },
  },
  { files: ["static/**"], languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: globals.browser } },
  { files: ["tests/**"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
