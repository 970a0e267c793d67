using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Voltgate.Ocpp.Rpc;

/// <summary>Words frames. Wrappers are pure ASCII: what is not is escaped (OCPP-J 1.6 §4.1.2).</summary>
public static class FrameWriter
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:{}() /");

    public static byte[] Call(string id, string action, ReadOnlySpan<byte> payload) =>
        [.. "[2,\""u8, .. Encoded(id), .. "\",\""u8, .. Encoded(action), .. "\","u8, .. payload, .. "]"u8];

    /// <summary>OCPP-J 2.1 §4.2.4.</summary>
    public static byte[] Send(string id, string action, ReadOnlySpan<byte> payload) =>
        [.. "[6,\""u8, .. Encoded(id), .. "\",\""u8, .. Encoded(action), .. "\","u8, .. payload, .. "]"u8];

    public static byte[] Result(string id, ReadOnlySpan<byte> payload) =>
        [.. "[3,\""u8, .. Encoded(id), .. "\","u8, .. payload, .. "]"u8];

    /// <summary>Details are always the empty object (OCPP-J 1.6 §4.2.3: MUST where there are none).</summary>
    public static byte[] Error(string id, string code, string description) => Error("[4,\""u8, id, code, description);

    /// <summary>OCPP-J 2.1 §4.2.3: a CALLRESULT could not be processed.</summary>
    public static byte[] ResultError(string id, string code, string description) =>
        Error("[5,\""u8, id, code, description);

    private static byte[] Error(ReadOnlySpan<byte> head, string id, string code, string description) =>
        [.. head, .. Encoded(id), .. "\",\""u8, .. Encoded(code), .. "\",\""u8, .. Encoded(Cut(description)),
         .. "\",{}]"u8];

    // OCPP-J 2.x part 4 §4.2.3 allows 255 characters.
    private static string Cut(string description) => description.Length <= 255 ? description : description[..255];

    private static ReadOnlySpan<byte> Encoded(string text) => text.AsSpan().ContainsAnyExcept(PlainCharacters)
        ? JsonEncodedText.Encode(text, JavaScriptEncoder.Default).EncodedUtf8Bytes
        : Encoding.ASCII.GetBytes(text);
}
