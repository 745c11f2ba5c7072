/** A lesson's story, one point at a time: a question, the answer once it was guessed, and what to look at. */
import { useSignalEffect } from '@preact/signals';
import { Fragment } from 'preact';
import { judgeGuess, verdictWords } from '../../../lessons/guess.ts';
import type { ToldPoint, ToldStory } from '../../../lessons/story.ts';
import type { Explorer } from '../explorer.ts';
import { type LookTarget, lookAt, targetOf } from '../look.ts';

export function Lesson({ explorer }: { explorer: Explorer }) {
  const { info, session } = explorer;
  const { story } = info;
  useSignalEffect(() => {
    const step = explorer.step.value;
    if (story !== undefined) session.tour.at.value = pointAt(story, session.tour.at.peek(), step);
  });
  if (story === undefined) {
    return info.untold === undefined ? null : (
      <p class="lesson untold">The story cannot be told of the changed script: {info.untold}.</p>
    );
  }
  const { points } = story;
  const { at } = session.tour;
  const shown = Math.min(at.value, points.length);
  const go = (next: number): void => {
    at.value = Math.max(0, Math.min(points.length, next));
    const point = points[at.value];
    if (point !== undefined) explorer.go(point.step);
  };
  const point = points[shown];
  return (
    <article class="lesson" aria-label={`Lesson: ${story.title}`}>
      <h2>
        <span class="number">
          Lesson {Number(story.name.slice(-2))}: {story.title}
        </span>
      </h2>
      <p class="question">{story.question}</p>
      <nav class="points" aria-label="Points of the lesson">
        {points.map(({ what }, i) => (
          <button
            key={i}
            type="button"
            aria-current={i === shown ? 'step' : undefined}
            aria-label={`Point ${i + 1}: ${what}`}
            title={what}
            onClick={() => go(i)}
          >
            {i + 1}
          </button>
        ))}
        <button
          type="button"
          aria-current={shown === points.length ? 'step' : undefined}
          onClick={() => go(points.length)}
        >
          Try
        </button>
      </nav>
      {point === undefined ? (
        <Try explorer={explorer} story={story} />
      ) : (
        <Point key={`${shown}`} explorer={explorer} point={point} number={shown} />
      )}
      <div class="turn">
        <button type="button" disabled={shown === 0} onClick={() => go(shown - 1)}>
          Back
        </button>
        <button
          type="button"
          class="primary"
          disabled={shown === points.length}
          onClick={() => go(shown + 1)}
        >
          {shown === points.length - 1 ? 'Try it' : 'Next'}
        </button>
      </div>
    </article>
  );
}

/** The point of the story that goes with a step: `at` while the cursor is where that or its command is, or the reader has come to the end. */
function pointAt({ points }: ToldStory, at: number, step: number): number {
  const point = points[at];
  if (point === undefined || point.step === step) return at;
  const looksAt = point.look === undefined ? undefined : targetOf(point.look)?.step;
  if (looksAt === step) return at;
  return Math.max(
    0,
    points.findLastIndex((p) => p.step <= step),
  );
}

interface PointProps {
  readonly explorer: Explorer;
  readonly point: ToldPoint;
  readonly number: number;
}

function Point({ explorer, point, number }: PointProps) {
  const { guesses } = explorer.session.tour;
  const guess = guesses.value.get(number);
  const { ask } = point;
  const isTold = ask === undefined || guess !== undefined;
  useSignalEffect(() => {
    if (guesses.value.has(number) && ask !== undefined) {
      explorer.spoken.value = `${ask.answer}. ${point.text}`;
    }
  });
  return (
    <div class="point">
      <p class="at">
        <button type="button" class="link" onClick={() => explorer.go(point.step)}>
          step {point.step.toLocaleString('en')}
        </button>
        <code>{point.what}</code>
      </p>
      {ask !== undefined && (
        <PredictCard
          question={ask.question}
          answer={ask.answer}
          guess={guess}
          onGuess={(text) => {
            guesses.value = new Map(guesses.value).set(number, text);
          }}
        />
      )}
      {isTold && <p class="text">{point.text}</p>}
      {isTold && point.look !== undefined && <Look explorer={explorer} command={point.look} />}
    </div>
  );
}

interface PredictProps {
  readonly question: string;
  readonly answer: string;
  readonly guess: string | undefined;
  readonly onGuess: (text: string) => void;
}

/** The answer is not in the page before there is a guess, which may be empty. */
function PredictCard({ question, answer, guess, onGuess }: PredictProps) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('guess');
    onGuess((input as HTMLInputElement).value.trim());
  };
  return (
    <div class="predict">
      <p class="asked">{question}</p>
      {guess === undefined ? (
        <form onSubmit={submit}>
          <input
            name="guess"
            type="text"
            aria-label="Your guess"
            placeholder="Your guess"
            autocomplete="off"
          />
          <button type="submit">Show</button>
        </form>
      ) : (
        <p class="answer" data-verdict={guess === '' ? undefined : judgeGuess(guess, answer)}>
          {guess !== '' && (
            <span class="guess">
              You said {guess}. {verdictWords[judgeGuess(guess, answer)]}{' '}
            </span>
          )}
          <b>{answer}</b>
        </p>
      )}
    </div>
  );
}

/** What to look at: a part of the page where it has it, and the command line. */
function Look({ explorer, command }: { explorer: Explorer; command: string }) {
  const target: LookTarget | undefined = targetOf(command);
  return (
    <p class="look">
      {target !== undefined && (
        <button type="button" class="link" onClick={() => lookAt(explorer, target)}>
          Look
        </button>
      )}
      <Command text={command} />
    </p>
  );
}

/** A command line that is broken between its words alone, not after the hyphens of an option. */
function Command({ text }: { text: string }) {
  return (
    <code>
      {`$ ${text}`.split(' ').map((word, i) => (
        <Fragment key={i}>
          {i > 0 && ' '}
          <span class="word">{word}</span>
        </Fragment>
      ))}
    </code>
  );
}

function Try({ explorer, story }: { explorer: Explorer; story: ToldStory }) {
  const { live, tour } = explorer.session;
  const { param, command, see } = story.try;
  const [name = '', value = ''] = param.split('=');
  const isTried = live?.ran.value.args.param?.includes(param) ?? false;
  return (
    <div class="point">
      <p class="asked">
        Try it with <code>{param}</code>.
      </p>
      <p class="text">{see}</p>
      {live !== undefined && (
        <p>
          <button
            type="button"
            class={isTried ? '' : 'primary'}
            disabled={live.isRunning}
            onClick={() => {
              tour.guesses.value = new Map();
              if (isTried) live.reset();
              else live.setParam(name, value);
              live.open.value = true;
              void live.run();
            }}
          >
            {isTried ? 'As it was' : `Run with ${param}`}
          </button>
        </p>
      )}
      <p class="look">
        <Command text={command} />
      </p>
    </div>
  );
}
