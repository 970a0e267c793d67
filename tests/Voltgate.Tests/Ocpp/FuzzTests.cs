using System.Text;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp;

/// <summary>Damaged copies of every fixture: whatever arrives, reading it ends with a value.</summary>
public class FuzzTests
{
    private const int CopiesPerFixture = 400;

    private static readonly Dictionary<string, Dialect> Dialects = new()
    {
        ["1.6"] = Dialect.For("ocpp1.6")!, ["2.0.1"] = V2Dialect.V201, ["2.1"] = V2Dialect.V21,
    };

    private static readonly string[] Spices =
    [
        "null", "-1", "1e400", "9223372036854775808", "\"\\uD800\"", "\"\\u0000\"", "{}", "[]", "[[[[", "}", "\"", ",",
        "é", "\"a\":1,", "true", "\"NaN\"", "0.1", "\"9999-99-99T99:99:99Z\"", "\"0001-01-01T00:00:00+18:00\"",
        "\\", "\"\\x\"",
    ];

    [Theory]
    [InlineData(1, "1.6")]
    [InlineData(2, "1.6")]
    [InlineData(3, "2.0.1")]
    [InlineData(4, "2.1")]
    public void No_damage_makes_reading_throw(int seed, string version)
    {
        var random = new Random(seed);
        var dialect = Dialects[version];
        var read = 0;
        foreach (var name in Fixture.Names(version).Where(n => n.EndsWith(".request", StringComparison.Ordinal)))
        {
            var action = name[..^".request".Length];
            var whole = Encoding.UTF8.GetBytes($$"""[2,"1","{{action}}",{{Fixture.TextOf(version, name)}}]""");
            for (var copy = 0; copy < CopiesPerFixture; copy++)
                if (Frame.Parse(Damage(whole, random)) is Call call
                    && dialect.Read(call.Action, call.Payload) is Understood) read++;
        }

        // The damage is light enough that some copies still mean something.
        Assert.InRange(read, 100, int.MaxValue);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var text = whole.ToList();
        for (var wound = random.Next(1, 4); wound > 0; wound--)
        {
            var at = random.Next(text.Count);
            var kind = random.Next(5);
            if (kind == 0) text[at] = (byte)random.Next(256);
            else if (kind == 1) text.RemoveRange(at, Math.Min(random.Next(1, 9), text.Count - at));
            else if (kind == 2) text.InsertRange(at, Encoding.UTF8.GetBytes(Spices[random.Next(Spices.Length)]));
            else if (kind == 3) text.InsertRange(at, text.GetRange(at, Math.Min(random.Next(1, 40), text.Count - at)));
            else ReplaceValue(text, at, random);
            if (text.Count == 0) break;
        }
        return [.. text];
    }

    // From a colon to the next comma or bracket: a value of another kind in a sound frame.
    private static void ReplaceValue(List<byte> text, int at, Random random)
    {
        var colon = text.IndexOf((byte)':', at);
        if (colon < 0) return;
        var end = text.FindIndex(colon, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0) return;
        text.RemoveRange(colon + 1, end - colon - 1);
        text.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Spices[random.Next(Spices.Length)]));
    }
}
