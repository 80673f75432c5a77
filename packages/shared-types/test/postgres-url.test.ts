import { describe, expect, it } from "vitest";
import { parsePostgresUrl } from "../src/index.js";

describe("parsePostgresUrl", () => {
  it.each([
    ["postgresql://ann:pw@db.example:5433/as", "postgresql://ann:pw@db.example:5433/as?uselibpqcompat=true"],
    ["postgresql+psycopg2://ann:pw@db/as", "postgresql://ann:pw@db/as?uselibpqcompat=true"],
    ["postgres://db/as", "postgresql://db/as?uselibpqcompat=true"],
    ["postgresql://ann:p/w:x@[::1]:5432/as", "postgresql://ann:p%2Fw%3Ax@[::1]:5432/as?uselibpqcompat=true"],
    ["postgresql://ann:p%40w@db/as", "postgresql://ann:p%40w@db/as?uselibpqcompat=true"],
    [
      "postgresql+psycopg://ann@/as?host=/run/pg&sslmode=require",
      "postgresql://ann@/as?host=%2Frun%2Fpg&uselibpqcompat=true",
    ],
  ])("takes %s as Autosubmit does", (text, url) => {
    expect(parsePostgresUrl(text)?.url).toBe(url);
  });

  it("names the database without user, password or parameters", () => {
    const place = parsePostgresUrl("postgresql://ann:secret@db:5433/as?sslpassword=secret");
    expect(place?.label).toBe("postgresql://db:5433/as");
    expect(parsePostgresUrl("postgresql://ann:secret@/as?host=/run/pg")?.label).toBe("postgresql:///run/pg/as");
  });

  it.each(["", "sqlite:///x.db", "mysql://ann:pw@db/as", "postgresql:db"])("refuses %j", (text) => {
    expect(parsePostgresUrl(text)).toBeNull();
  });
});
