namespace Voltgate.Server.Tests.Webhooks;

/// <summary>A rotation as its receiver sees it: a day long each request is signed with both secrets.</summary>
public sealed class RotationTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task For_a_day_both_secrets_sign_and_then_only_the_new_one(string provider)
    {
        await using var sink = await WebhookSink.Start();
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(provider, o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        }, clock);
        using var tenant = await server.Tenant();
        var made = (await tenant.Post("/webhooks", $$"""{"url":"{{sink.Url}}","events":["user.*"]}""")).MustBe(201);
        var (path, old) = ($"/webhooks/{made.Text("_id")}", made.Text("secret"));

        AssertSigned(await Happen(tenant, path, sink), [old], []);
        var renewed = (await tenant.Post(path + "/rotate_secret")).MustBe(200).Text("secret");
        AssertSigned(await Happen(tenant, path, sink), [renewed, old], []);
        clock.Advance(Day - TimeSpan.FromMinutes(10));
        AssertSigned(await Happen(tenant, path, sink), [renewed, old], []);
        clock.Advance(TimeSpan.FromMinutes(10));
        AssertSigned(await Happen(tenant, path, sink), [renewed], [old]);
    }

    private static async Task<Received> Happen(ApiClient tenant, string path, WebhookSink sink)
    {
        (await tenant.Post(path + "/test")).MustBe(200);
        return (await sink.Wait(1))[^1];
    }

    private static void AssertSigned(Received received, string[] secrets, string[] others)
    {
        var (edrv, standard) = (received.Headers["edrv-signature"], received.Headers["webhook-signature"]);
        Assert.Equal(secrets.Length, edrv.Split(',').Count(e => e.StartsWith("v1=", StringComparison.Ordinal)));
        Assert.Equal(secrets.Length, standard.Split(' ').Count(e => e.StartsWith("v1,", StringComparison.Ordinal)));
        Assert.All(secrets, s => Assert.True(Fits(s)));
        Assert.All(others, s => Assert.False(Fits(s)));

        bool Fits(string secret)
        {
            var fits = Verifier.Edrv(edrv, received.Body, secret);
            Assert.Equal(fits, Verifier.Standard(
                received.Id, received.Headers["webhook-timestamp"], standard, received.Body, secret));
            return fits;
        }
    }
}
