import type { Catalogue } from "../catalogue.ts";

/** Names of the templates. */
export const templates = {
  template_classic: "Classic journey",
  template_classic_more: "How things are now, from first need to recommending you.",
  template_lens: "Lens on one persona",
  template_lens_more:
    "Who, in which situation, with which expectation; then what they do, think and feel.",
  template_business: "Customer and business side by side",
  template_business_more:
    "What the customer does above, business goals, measures and who is responsible below.",
  template_future: "Future state",
  template_future_more: "How it should be: what is promised, by which solution, with which effect.",
  template_blueprint: "Service blueprint",
  template_blueprint_more:
    "What people and systems do behind each step, and what the customer can see of it.",
  template_day: "A day in the life",
  template_day_more: "From morning to night, whether you take part in it or not.",
  template_lifecycle: "Circular lifecycle",
  template_lifecycle_more:
    "Existing customers: from the first weeks to renewing, growing, leaving, coming back.",
  template_b2b: "Several people buy together",
  template_b2b_more: "A business purchase: a row of worries for each role.",
  template_single: "One interaction",
  template_single_more: "One touchpoint in detail: promised, expected, delivered.",
  template_recovery: "Service recovery",
  template_recovery_more: "Something went wrong: from the problem to trust regained.",
  template_providers: "Several providers",
  template_providers_more: "Public services and partners: who acts when, who waits for whom.",
  template_story: "Story card",
  template_story_more: "One true story of one customer, scene by scene, with quotes.",
} as const satisfies Catalogue;
