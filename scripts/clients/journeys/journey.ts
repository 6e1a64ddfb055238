/** The Östersund journey by types that openapi-typescript has generated, over openapi-fetch.
 *
 * usage: node journey.js ADDRESS KEY FIRST_DAY_OF_THE_CONTRACT
 */

import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Api = Client<paths>;
type Shapes = components["schemas"];

const OSTERSUND = "2380";
const SUNDSVALL = "2281";

/** Registers, matches, approves and reads the verdict. */
async function travel(api: Api, start: string) {
  const company = { name: "Exempelbygg i Jämtland AB", organisationNumber: "556000-0167" };
  const supplier = told(await api.POST("/suppliers", { body: company }));
  const supplierId = supplier.id;
  for (const check of gateChecks(start)) {
    const path = { supplierId };
    told(await api.POST("/suppliers/{supplierId}/gate-checks", { params: { path }, body: check }));
  }
  const contract = told(await api.POST("/contracts", { body: contractOf(start, supplierId) }));
  const clause = told(
    await api.POST("/contracts/{contractId}/clauses", {
      params: { path: { contractId: contract.id } },
      body: clauseOf(start),
    }),
  );
  const slots: Shapes["SlotOutput"][] = [];
  for (const slot of slotsOf(start, supplierId, clause.id)) {
    slots.push(told(await api.POST("/slots", { body: slot })));
  }
  await widen(api, slots[3]!);
  const items = candidates(start, supplierId);
  const stored = told(await api.POST("/candidate-batches", { body: { items } }));
  if (stored.rejected.length > 0) throw new Error(JSON.stringify(stored.rejected));

  const run = told(await api.POST("/match-runs", { body: { asOf: start } }));
  const ofRun = { path: { matchRunId: run.id } };
  const proposals = told(
    await api.GET("/match-runs/{matchRunId}/proposals", { params: { ...ofRun, query: { limit: 100 } } }),
  ).items;
  for (const proposal of proposals) {
    told(
      await api.POST("/proposals/{proposalId}/decisions", {
        params: { path: { proposalId: proposal.id } },
        body: { outcome: "approved", reason: "good-fit" },
      }),
    );
  }
  const unmatched = told(
    await api.GET("/match-runs/{matchRunId}/unmatched-candidates", { params: ofRun }),
  ).items;
  const proof: string = told(
    await api.GET("/match-runs/{matchRunId}/proof", { params: ofRun, parseAs: "text" }),
  );
  const fulfilment = told(
    await api.GET("/clauses/{clauseId}/fulfilment", {
      params: { path: { clauseId: clause.id }, query: { asOf: start } },
    }),
  );
  const title = (id: string) => slots.find((slot) => slot.id === id)!.title;
  return {
    proposals: proposals.map((one) => [title(one.slotId), one.points]),
    unmatched: unmatched.length,
    proofLines: proof.trimEnd().split("\n").length,
    verdict: fulfilment.verdict,
    booked: fulfilment.booked,
  };
}

/** A change names the version that it is meant for; what it leaves out stays. */
async function widen(api: Api, slot: Shapes["SlotOutput"]): Promise<Shapes["SlotOutput"]> {
  const params = { path: { slotId: slot.id }, header: { "If-Match": '"1"' } };
  return told(await api.PATCH("/slots/{slotId}", { params, body: { extentPercent: { min: 50 } } }));
}

/** What was asked for; a problem ends the program. */
function told<Answer>(answer: { data?: Answer; error?: Shapes["Problem"] }): Answer {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

/** What arbetspraktik asks of an employer, checked two weeks before the contract begins. */
function gateChecks(start: string): Shapes["GateCheckInput"][] {
  const checkedOn = daysLater(start, -14);
  const passed = { outcome: "passed", checkedOn, checkedBy: "Upphandlingsenheten" } as const;
  return [
    { gate: "registered-employer", ...passed },
    { gate: "no-business-ban", ...passed },
    { gate: "no-work-environment-faults", ...passed },
    { gate: "union-consulted", ...passed, askedOn: daysLater(start, -28), answeredOn: checkedOn },
    { gate: "no-displacement", ...passed, interns: 4, employees: 38 },
  ];
}

function contractOf(start: string, supplierId: string): Shapes["ContractInput"] {
  return {
    reference: "KS 2017/0412",
    title: "Ombyggnad av Palmcrantzskolan",
    supplierId,
    cpvCode: "45214200-2",
    municipalityCode: OSTERSUND,
    valueSek: 45_000_000,
    startDate: start,
    endDate: lastDay(start),
  };
}

function clauseOf(start: string): Shapes["ClauseInput"] {
  return {
    kind: "internship",
    places: 4,
    minimumMonths: 4,
    minimumExtentPercent: 50,
    targetGroups: ["long-term-unemployed"],
    firstStartWithinMonths: 6,
    earlyEndSharePercent: 75,
    responsible: "Upphandlingsenheten",
    nextFollowUpDate: monthsLater(start, 3),
    purpose: "Fyra personer långt från arbete får pröva på byggbranschen.",
  };
}

/** Seven places: four that the clause asks for, and three voluntary ones. */
function slotsOf(start: string, supplierId: string, clauseId: string): Shapes["SlotInput"][] {
  const site = {
    supplierId,
    municipalityCode: OSTERSUND,
    earliestStart: start,
    latestStart: monthsLater(start, 6),
    endDate: lastDay(start),
    extentPercent: { min: 50, max: 100 },
  };
  return [
    {
      ...site,
      title: "Snickare",
      occupation: { ssyk: "7111" },
      places: 2,
      clauseId,
      required: { languages: [{ code: "sv", level: 2 }] },
      preferred: { skills: ["snickeri"] },
    },
    {
      ...site,
      title: "Byggarbetare",
      occupation: { ssyk: "9310" },
      places: 2,
      clauseId,
      required: { certificates: ["safe-construction-training"] },
    },
    {
      ...site,
      title: "Målare",
      occupation: { ssyk: "7131" },
      places: 1,
      required: { drivingLicences: ["B"] },
    },
    {
      ...site,
      title: "Städare",
      occupation: { ssyk: "9111" },
      places: 2,
      extentPercent: { min: 75, max: 100 },
      adaptations: ["step-free-entrance"],
    },
  ];
}

/** Fifteen people; six of them cannot be placed, each for another reason. */
function candidates(start: string, supplierId: string): Shapes["CandidateInput"][] {
  type Candidate = Shapes["CandidateInput"];
  const person = (
    number: number, wishes: string[], monthsWaited: number, more: Partial<Candidate> = {},
  ): Candidate => ({
    reference: `EXEMPEL-${String(number).padStart(2, "0")}`,
    occupations: wishes.map((ssyk) => ({ ssyk })),
    municipalityCode: OSTERSUND,
    maximumDistanceKm: 40,
    availableFrom: start,
    extentPercent: { min: 50, max: 100 },
    targetGroups: [{ code: "long-term-unemployed" }],
    programmes: [{ code: "arbetspraktik", maximumMonths: 6 }],
    waitingSince: monthsLater(start, -monthsWaited),
    agreedToBeProposed: true,
    ...more,
  });
  const speaks = { languages: [{ code: "sv", level: 3 }] };
  const trained = { certificates: ["safe-construction-training"] };
  const krokom = { latitude: 63.327, longitude: 14.453 };
  return [
    person(1, ["7111"], 40, { ...speaks, skills: ["snickeri"] }),
    person(2, ["7111", "9310"], 22, { ...speaks, ...trained }),
    person(3, ["9310"], 51, trained),
    person(4, ["93", "7111"], 30, { ...speaks, ...trained, position: krokom }),
    person(5, ["9111"], 18),
    person(6, ["9111"], 12, { neededAdaptations: ["step-free-entrance"] }),
    person(7, ["7131"], 9, { drivingLicences: ["B"] }),
    person(8, ["7111"], 7, speaks),
    person(9, ["9310"], 26, { ...trained, targetGroups: [] }),
    person(10, ["9310"], 33, { ...trained, municipalityCode: SUNDSVALL }),
    person(11, ["7131"], 28),
    person(12, ["7111"], 44, { languages: [{ code: "sv", level: 1 }] }),
    person(13, ["9111"], 15, { programmes: [] }),
    person(14, ["9310"], 37, { ...trained, agreedToBeProposed: false }),
    person(15, ["7111"], 20, { ...speaks, avoidedSupplierIds: [supplierId] }),
  ];
}

const lastDay = (start: string) => daysLater(monthsLater(start, 16), -1);

/** The first day of the month that comes so many months later. */
function monthsLater(day: string, months: number): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

const [address = "", key = "", start = ""] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}`, "Handslag-Caseworker": "caseworker-1" };
console.log(JSON.stringify(await travel(createClient<paths>({ baseUrl: address, headers }), start)));
