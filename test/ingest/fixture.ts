/** The fixture of the definitions, section 0. */
export const FIXTURE = {
  users: `user_id,gender,birth_date,city,occupation,signup_at,signup_channel,referrer_id
u1,F,1990-07-01,Lyon,nurse,2023-11-20,search,
u2,female,2001-12-31,Lyon,student,2024-06-10,referral,u1
u3,M,1979-03-15,Paris,teacher,2024-01-15,ads,
u4,男,1988-06-30,Paris,engineer,2023-12-28,ads,
u5,w,1995-01-01,Nice,nurse,2023-11-30,search,
u6,,1960-02-29,Nice,retired,2023-12-10,store,
u7,M,,Lyon,,2024-05-01,referral,u1
u8,F,2010-05-05,Paris,student,,referral,u2
`,
  products: `product_id,name,category,brand,style,price,cost,competitor_price,launched_at
p1,Trail runner,Shoes/Running,Alto,sport,80,40,78,2023-01-10
p2,City sneaker,Shoes/Casual,Alto,street,60,33,72,2023-01-10
p3,Canvas slip-on,Shoes/Casual,Bravo,street,30,15,,2023-06-01
p4,Ground coffee,Food/Coffee,Cima,,10,6,10,2023-01-10
p5,Decaf coffee,Food/Coffee,Cima,,12,7,11,2024-05-20
p6,Oat cookies,Food/Snacks,Dulce,,4,1.5,,2023-03-01
`,
  edges: `user_id,other_id,kind,at
u3,u1,follow,2024-02-01
u4,u1,follow,2024-02-02
u2,u1,follow,2024-06-11
u5,u6,gift,2023-12-06
u6,u5,gift,2024-06-21
`,
  events: `at,user_id,event,product_id,quantity,amount,discount,order_id,session_id,device,channel
2023-12-05 10:00:00,u5,purchase,p1,1,80,,o1,s1,desktop,search
2023-12-20 18:30:00,u6,purchase,p3,1,30,,o2,s2,mobile,store
2024-01-05 08:10:00,u1,purchase,p4,2,20,,o3,s3,mobile,search
2024-01-20 20:00:00,u4,purchase,p2,1,60,,o4,s4,desktop,ads
2024-01-25 09:00:00,u4,refund,p2,1,60,,o4,,,
2024-02-04 08:05:00,u1,purchase,p4,2,20,,o5,s5,mobile,search
2024-02-10 12:00:00,u3,purchase,p3,1,30,,o6,s6,mobile,ads
2024-02-10 12:00:00,u3,purchase,p6,5,20,,o6,s6,mobile,ads
2024-03-01 21:15:00,u4,purchase,p1,1,72,8,o7,s7,mobile,ads
2024-03-05 08:20:00,u1,purchase,p4,2,20,,o8,s8,mobile,search
2024-03-05 08:20:00,u1,purchase,p6,1,4,,o8,s8,mobile,search
2024-03-15 11:00:00,,purchase,p4,1,10,,o9,,desktop,store
2024-04-04 08:00:00,u1,purchase,p4,2,20,,o10,s9,mobile,search
2024-04-20 13:00:00,u3,purchase,p6,5,20,,o11,s10,desktop,ads
2024-04-20 13:00:00,u3,purchase,p2,1,48,12,o11,s10,desktop,ads
2024-05-04 08:30:00,u1,purchase,p4,2,16,4,o12,s11,mobile,search
2024-05-15 22:40:00,u7,view,p1,,,,,s12,mobile,referral
2024-05-15 22:45:00,u7,cart,p1,1,,,,s12,mobile,referral
2024-05-16 07:00:00,u7,view,p2,,,,,s13,desktop,direct
2024-06-01 00:00:00,u6,view,p3,,,,,s14,mobile,direct
2024-06-03 07:55:00,u1,purchase,p4,2,20,,o13,s15,mobile,search
2024-06-03 07:55:00,u1,purchase,p1,1,80,,o13,s15,mobile,search
2024-06-11 20:00:00,u2,view,p2,,,,,s16,mobile,referral
2024-06-11 20:05:00,u2,cart,p2,1,,,,s16,mobile,referral
2024-06-12 08:00:00,u2,purchase,p2,1,48,12,o14,s17,mobile,referral
2024-06-12 08:00:00,u2,purchase,p5,1,12,,o14,s17,mobile,referral
2024-06-20 19:00:00,u6,purchase,p2,1,60,,o15,s18,desktop,store
2024-06-20 19:00:00,u6,purchase,p3,1,30,,o15,s18,desktop,store
2024-06-25 10:00:00,u2,view,p1,,,,,s19,mobile,direct
2024-06-26 10:00:00,u2,view,p1,,,,,s20,mobile,direct
2024-06-28 09:30:00,u2,search,,,,,,s21,mobile,direct
2024-06-30 23:59:59,u1,view,p4,,,,,s22,mobile,direct
2024-07-01 00:00:00,u3,purchase,p1,1,80,,o16,s23,mobile,ads
`,
};
