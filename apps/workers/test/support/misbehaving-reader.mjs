// Stands in for the reader process: what it does with an experiment is the experiment's name.
process.on("disconnect", () => process.exit(0));
process.on("message", ({ number, question }) => {
  const { expid } = question;
  const reading = { finding: `${expid} by ${process.pid}`, fingerprint: null, inFull: true };
  if (expid.startsWith("hang")) return;
  if (expid.startsWith("spin")) for (;;);
  if (expid.startsWith("dies")) process.exit(3);
  if (expid.startsWith("kill")) process.kill(process.pid, "SIGKILL");
  if (expid.startsWith("fail")) return process.send({ number, problem: "it is broken" });
  if (expid.startsWith("slow")) return setTimeout(() => process.send({ number, reading }), 150);
  process.send({ number, reading });
});
