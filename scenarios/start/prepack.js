/** Leaves the build of the sources as they are in out/, and no other: what the package takes along. */
import { findBuild, removeOtherBuilds } from './builds.js';

const build = await findBuild();
if (build === undefined) throw new Error('no build could be made of these sources');
removeOtherBuilds(build);
