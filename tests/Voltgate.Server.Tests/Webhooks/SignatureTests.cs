using System.Security.Cryptography;
using System.Text;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class SignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const long Now = 1614265330_000;

    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    [Fact]
    public void The_published_vector_of_Standard_Webhooks_is_met()
    {
        var signature = Sign(Now, Secret);
        Assert.Equal("1614265330", signature.Timestamp);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature.Standard);
    }

    [Fact]
    public void A_right_signature_is_accepted_by_both_readings() => Assert.True(Accepts(Sign(Now, Secret), Body));

    [Fact]
    public void During_a_rotation_either_secret_verifies()
    {
        var both = Sign(Now, OtherSecret, Secret);
        Assert.True(Accepts(both, Body, Secret));
        Assert.True(Accepts(both, Body, OtherSecret));
        Assert.Equal(2, both.Standard.Split(' ').Length);
        Assert.Equal(3, both.Edrv.Split(',').Length);
    }

    [Fact]
    public void A_changed_body_is_refused() =>
        Assert.False(Accepts(Sign(Now, Secret), """{"test": 2432232315}"""u8.ToArray()));

    [Fact]
    public void A_wrong_secret_is_refused() => Assert.False(Accepts(Sign(Now, OtherSecret), Body));

    [Fact]
    public void An_old_signature_is_outside_both_windows()
    {
        Assert.True(Verifier.IsRecent(Sign(Now, Secret), Now + (179 * 1000)));
        Assert.False(Verifier.IsRecent(Sign(Now, Secret), Now + (301 * 1000)));
    }

    [Fact]
    public void A_secret_that_is_not_base64_signs_with_its_text()
    {
        const string chosen = "a secret that a client chose itself!";
        var signature = Sign(Now, chosen);
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(chosen),
            Encoding.UTF8.GetBytes("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.").Concat(Body).ToArray());
        Assert.Equal("v1," + Convert.ToBase64String(expected), signature.Standard);
    }

    [Fact]
    public void The_bytes_that_are_signed_are_the_bytes_that_are_sent()
    {
        var odd = Encoding.UTF8.GetBytes("{\"a\":\"\\u00e9\",\"b\":1.50,\"c\":\"\u00e9\"}");
        var signature = Signature.Of("id", Now, odd, [new SigningKey(Secret)]);
        Assert.True(Verifier.Edrv(signature.Edrv, odd, Secret));
    }

    private static Signature Sign(long now, params string[] secrets) =>
        Signature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", now, Body, [.. secrets.Select(s => new SigningKey(s))]);

    private static bool Accepts(Signature signature, byte[] body, string secret = Secret)
    {
        var standard = Verifier.Standard(signature.Id, signature.Timestamp, signature.Standard, body, secret);
        Assert.Equal(standard, Verifier.Edrv(signature.Edrv, body, secret));
        return standard;
    }
}

/// <summary>A receiver's side of both signatures, written from their specifications alone.</summary>
internal static class Verifier
{
    /// <summary>"v1,base64" entries between blanks; HMAC-SHA256 of id.timestamp.body, key behind whsec_.</summary>
    public static bool Standard(string id, string timestamp, string header, byte[] body, string secret)
    {
        var key = Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal));
        byte[] signed = [.. Encoding.UTF8.GetBytes(id + "." + timestamp + "."), .. body];
        var expected = HMACSHA256.HashData(key, signed);
        return header.Split(' ').Any(entry =>
            entry.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(entry[3..]), expected));
    }

    /// <summary>"t=ms,v1=hex[,v1=hex]"; HMAC-SHA256 of the raw body with the secret's text.</summary>
    public static bool Edrv(string header, byte[] body, string secret)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return header.Split(',').Skip(1).Any(entry => entry == "v1=" + expected);
    }

    public static bool IsRecent(Signature signature, long nowMs)
    {
        var sent = long.Parse(signature.Edrv.Split(',')[0][2..]);
        var sentSeconds = long.Parse(signature.Timestamp);
        return nowMs - sent <= 180_000 && (nowMs / 1000) - sentSeconds <= 300;
    }
}
