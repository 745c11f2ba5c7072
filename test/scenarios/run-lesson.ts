/** Loads the scenarios of the lessons. */
import type { LessonScenario } from '../../scenarios/lessons/lesson.ts';
import { loadScenario } from '../../scenarios/load-scenario.ts';
import { findScenario } from '../../scenarios/scenario-files.ts';

export async function lessonScenario(name: string): Promise<LessonScenario> {
  return (await loadScenario(findScenario(name).url, name)) as LessonScenario;
}
