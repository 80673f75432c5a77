/** Names of the opcodes of protocols 0 to 5 by their byte, as Python's `pickletools` spells them; for messages. */
const OPCODE_NAMES: ReadonlyMap<number, string> = new Map([
  ..."(MARK .STOP 0POP 1POP_MARK 2DUP FFLOAT IINT JBININT KBININT1 LLONG MBININT2 NNONE PPERSID QBINPERSID RREDUCE SSTRING TBINSTRING USHORT_BINSTRING VUNICODE XBINUNICODE aAPPEND bBUILD cGLOBAL dDICT }EMPTY_DICT eAPPENDS gGET hBINGET iINST jLONG_BINGET lLIST ]EMPTY_LIST oOBJ pPUT qBINPUT rLONG_BINPUT sSETITEM tTUPLE )EMPTY_TUPLE uSETITEMS GBINFLOAT BBINBYTES CSHORT_BINBYTES"
    .split(" ")
    .map((text): [number, string] => [text.charCodeAt(0), text.slice(1)]),
  ..."PROTO NEWOBJ EXT1 EXT2 EXT4 TUPLE1 TUPLE2 TUPLE3 NEWTRUE NEWFALSE LONG1 LONG4 SHORT_BINUNICODE BINUNICODE8 BINBYTES8 EMPTY_SET ADDITEMS FROZENSET NEWOBJ_EX STACK_GLOBAL MEMOIZE FRAME BYTEARRAY8 NEXT_BUFFER READONLY_BUFFER"
    .split(" ")
    .map((name, index): [number, string] => [0x80 + index, name]),
]);

/** The opcode's name, or its number in hexadecimal when no protocol defines it. */
export function opcodeName(byte: number | undefined): string {
  if (byte === undefined) return "the end";
  return OPCODE_NAMES.get(byte) ?? `opcode 0x${byte.toString(16).padStart(2, "0")}`;
}
